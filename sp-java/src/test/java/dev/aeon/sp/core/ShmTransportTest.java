package dev.aeon.sp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.ipc.IpcTransport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShmTransportTest extends TransportContract {
  private final Transport transport = IpcTransport.shm();
  private final AtomicInteger numbers = new AtomicInteger();
  @TempDir private Path folder;

  @Override
  Transport transport() {
    return transport;
  }

  @Override
  String freshAddress() {
    return folder.resolve("s" + numbers.incrementAndGet()).toString();
  }

  /** More wake-ups than a socket holds, while who would take them out has no time to. */
  @Test
  void receiverThatReadsBeforeItIsWoken_isStillWokenWhenItSleeps() {
    connect();
    TestHost receiver = listeningHost();
    TestHost sender = dialingHost();
    receiver.run(() -> {
      receiver.receiveNext();
      for (int number = 0; number < 1_000; number++) {
        passOne(sender, receiver, "m" + number);
        receiver.receiveNext();
      }
      passOne(sender, receiver, "last but one");
      sender.transmit("waits");
    });
    awaitWorker();
    receiver.run(() -> {
      receiver.receiveNext();
      receiver.receiveNext();
    });
    assertThat(receiver.next()).isEqualTo("received waits");
    sender.transmit("last");
    assertThat(receiver.next()).isEqualTo("received last");
  }

  /** Events have to wait for the strand meanwhile. */
  @Test
  void messagesAskedFor_areTakenFromTheMemoryItself() {
    connect();
    TestHost receiver = listeningHost();
    TestHost sender = dialingHost();
    receiver.run(() -> {
      receiver.receiveNext();
      assertThat(receiver.takeAwaited()).isNull();
      for (int byteSize : List.of(0, 1, 50, 103, 104, 247, 248, 1_000, 5_000, 1, 512, 20_000, 7)) {
        String body = "x".repeat(byteSize);
        sender.transmit(body);
        assertThat(takeSoon(receiver)).isEqualTo(body);
        assertThat(receiver.hasMoreArrived()).isFalse();
        assertThat(sender.next()).isEqualTo("transmitted");
      }
    });
    sender.transmit("told");
    assertThat(receiver.next()).isEqualTo("received told");
  }

  /** What does not come in one piece takes more than one look. */
  private static String takeSoon(TestHost receiver) {
    String body = receiver.takeAwaited();
    while (body == null) {
      assertThat(receiver.hasMoreArrived()).isTrue();
      body = receiver.takeAwaited();
    }
    return body;
  }

  @Test
  void messagesThatComeTogether_theFirstIsTakenAndTheOthersAreTold() {
    connect();
    TestHost receiver = listeningHost();
    TestHost sender = dialingHost();
    receiver.run(() -> {
      receiver.receiveNext();
      assertThat(sender.transmitAtOnce("a") && sender.transmitAtOnce("b")).isTrue();
      sender.transmit("c".repeat(40_000));
      assertThat(takeSoon(receiver)).isEqualTo("a");
      assertThat(receiver.hasMoreArrived()).isTrue();
      receiver.receiveNext();
    });
    assertThat(receiver.next()).isEqualTo("received b");
    receiver.receiveNext();
    assertThat(receiver.next()).isEqualTo("received " + "c".repeat(40_000));
  }

  @Test
  void messageThatMayNotBe_isNotTakenAndClosesThePipe() {
    listeningHost().coreSettings().maxReceiveByteSize = 100;
    connect();
    TestHost receiver = listeningHost();
    receiver.run(() -> {
      receiver.receiveNext();
      dialingHost().transmit("x".repeat(101));
      assertThat(receiver.takeAwaited()).isNull();
      assertThat(receiver.takeAwaited()).isNull();
    });
    assertThat(receiver.next()).isEqualTo("closed TOO_LARGE");
  }

  private static void passOne(TestHost sender, TestHost receiver, String body) {
    sender.transmit(body);
    receiver.receiveNext();
    assertThat(receiver.next()).isEqualTo("received " + body);
    assertThat(sender.next()).isEqualTo("transmitted");
  }
}
