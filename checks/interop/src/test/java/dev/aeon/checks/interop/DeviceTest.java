package dev.aeon.checks.interop;

import dev.aeon.sp.RawSocket;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.device.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Conversations over a device: theirs between sockets of ours, and ours between sockets of theirs.
 */
@DisplayName("Devices in the middle")
@ExtendWith(InteropTable.class)
class DeviceTest {
  @TempDir Path folder;

  record Case(Pattern first, PeerLibrary library, Addresses transport) {
    @Override
    public String toString() {
      return "%s, %s to %s | %s".formatted(transport, first, first.counterpart(), library.title);
    }
  }

  /** The patterns that may pass devices, from one end. */
  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Pattern first :
        List.of(Pattern.REQ, Pattern.PUSH, Pattern.PUB, Pattern.SURVEYOR, Pattern.PAIR1)) {
      for (Addresses transport : List.of(Addresses.IPC, Addresses.TCP)) {
        for (PeerLibrary library : PeerLibrary.values()) {
          if (library.knows(first, transport)) {
            cases.add(new Case(first, library, transport));
          }
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0} between ours")
  @MethodSource("cases")
  void conversationOfOurs_overTheirDevice_arrivesUnchanged(Case each) {
    String front = each.transport().fresh(folder, "front");
    String back = each.transport().fresh(folder, "back");
    try (ForeignDevice device = each.library().device(each.first().counterpart());
        Peer first = AeonPeer.open(each.first());
        Peer second = AeonPeer.open(each.first().counterpart())) {
      device.first().listen(front);
      device.second().listen(back);
      first.dial(front);
      second.dial(back);
      Conversation.hold(each.first(), first, second);
    }
  }

  @ParameterizedTest(name = "{0} around ours")
  @MethodSource("cases")
  void conversationOfTheirs_overOurDevice_arrivesUnchanged(Case each) {
    String front = each.transport().fresh(folder, "front");
    String back = each.transport().fresh(folder, "back");
    RawSocket firstEnd = raw(each.first().counterpart());
    RawSocket secondEnd = raw(each.first());
    try (Device _ = Device.between(firstEnd, secondEnd);
        Peer first = each.library().open(each.first());
        Peer second = each.library().open(each.first().counterpart())) {
      firstEnd.listen(front);
      secondEnd.listen(back);
      first.dial(front);
      second.dial(back);
      Conversation.hold(each.first(), first, second);
    }
  }

  private static RawSocket raw(Pattern pattern) {
    RawSocket socket = RawSocket.open(pattern.protocol);
    socket.set(SpOptions.MAX_RECEIVE_SIZE, 0L);
    return socket;
  }
}
