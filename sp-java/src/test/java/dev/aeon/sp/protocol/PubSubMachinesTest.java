package dev.aeon.sp.protocol;

import static dev.aeon.sp.protocol.Script.P1;
import static dev.aeon.sp.protocol.Script.P2;
import static dev.aeon.sp.protocol.Script.packet;
import static dev.aeon.sp.protocol.Script.receiving;
import static dev.aeon.sp.protocol.Script.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PubSubMachinesTest {
  private final Script script = new Script();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void pub_send_goesToEveryPipe() {
    Pub0Machine machine = new Pub0Machine(script, 2);
    machine.attach(P1, 0);
    machine.attach(P2, 0);
    machine.send(sending("a"), 0);
    assertThat(script.said()).containsExactlyInAnyOrder("transmit p1 a", "transmit p2 a", "a done");
  }

  @Test
  void pub_slowPipe_losesItsOldest() {
    Pub0Machine machine = new Pub0Machine(script, 2);
    machine.attach(P1, 0);
    for (String name : new String[] {"a", "b", "c", "d"}) {
      machine.send(sending(name), 0);
    }
    assertThat(script.said())
        .containsExactly("transmit p1 a", "a done", "b done", "c done", "dropped", "d done");
    machine.transmitted(P1, 0);
    machine.transmitted(P1, 0);
    machine.transmitted(P1, 0);
    assertThat(script.said()).containsExactly("transmit p1 c", "transmit p1 d");
  }

  @Test
  void pub_messageFromSub_closesPipe() {
    Pub0Machine machine = new Pub0Machine(script, 2);
    machine.attach(P1, 0);
    machine.received(P1, packet("noise"), 0);
    assertThat(script.said()).containsExactly("close p1 UNEXPECTED_MESSAGE");
  }

  @Test
  void pub_receive_isRefused() {
    Pub0Machine machine = new Pub0Machine(script, 2);
    assertThatThrownBy(() -> machine.receive(receiving("r"), 0))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void sub_noSubscription_receivesNothing() {
    Sub0Machine machine = new Sub0Machine(script, 2);
    machine.receive(receiving("r"), 0);
    machine.received(P1, packet("a"), 0);
    assertThat(script.said()).isEmpty();
  }

  @Test
  void sub_prefix_isOfBytes() {
    Sub0Machine machine = new Sub0Machine(script, 8);
    machine.own().subscribe(bytes("ab"));
    for (String body : new String[] {"", "a", "ab", "abc", "ba"}) {
      machine.received(P1, packet(body), 0);
    }
    machine.receive(receiving("r1"), 0);
    machine.receive(receiving("r2"), 0);
    machine.receive(receiving("r3"), 0);
    assertThat(script.said()).containsExactly("r1=ab", "r2=abc");
  }

  @Test
  void sub_emptyPrefix_matchesEmptyMessage() {
    Sub0Machine machine = new Sub0Machine(script, 8);
    machine.own().subscribe(new byte[0]);
    machine.received(P1, packet(""), 0);
    machine.receive(receiving("r"), 0);
    assertThat(script.said()).containsExactly("r=");
  }

  @Test
  void sub_fullQueue_losesOldest() {
    Sub0Machine machine = new Sub0Machine(script, 2);
    machine.own().subscribe(new byte[0]);
    for (String body : new String[] {"a", "b", "c"}) {
      machine.received(P1, packet(body), 0);
    }
    machine.receive(receiving("r1"), 0);
    machine.receive(receiving("r2"), 0);
    assertThat(script.said()).containsExactly("dropped", "r1=b", "r2=c");
  }

  @Test
  void sub_unsubscribe_purgesWhatWaitsForItAlone() {
    Sub0Machine machine = new Sub0Machine(script, 8);
    machine.own().subscribe(bytes("a"));
    machine.own().subscribe(bytes("a"));
    machine.own().subscribe(bytes("ab"));
    machine.received(P1, packet("ax"), 0);
    machine.received(P1, packet("abx"), 0);
    assertThat(machine.own().unsubscribe(bytes("a"))).isTrue();
    assertThat(machine.own().unsubscribe(bytes("a"))).isFalse();
    machine.receive(receiving("r"), 0);
    assertThat(script.said()).containsExactly("r=abx");
  }

  private record ExtendedPipe(int id) implements PipeHandle {
    @Override
    public boolean isExtended() {
      return true;
    }

    @Override
    public String toString() {
      return "x" + id;
    }
  }

  @Test
  void pub_filterRequests_areBelievedOnlyFromThoseWhoKnowThem() {
    Pub0Machine machine = new Pub0Machine(script, 2);
    ExtendedPipe ours = new ExtendedPipe(3);
    machine.attach(P1, 0);
    machine.attach(ours, 0);
    machine.received(ours, packet("\1a"), 0);
    machine.send(sending("b"), 0);
    assertThat(script.said()).containsExactly("transmit p1 b", "b done");
    machine.received(P1, packet("\1a"), 0);
    assertThat(script.said()).containsExactly("close p1 UNEXPECTED_MESSAGE");
  }

  @Test
  void pub_malformedFilterRequest_closes() {
    Pub0Machine machine = new Pub0Machine(script, 2);
    ExtendedPipe ours = new ExtendedPipe(3);
    machine.attach(ours, 0);
    machine.received(ours, packet(""), 0);
    machine.received(ours, packet("\7a"), 0);
    machine.received(ours, packet("\0a"), 0);
    machine.received(ours, packet(new byte[FilterRequest.MAX_PREFIX_BYTE_SIZE + 2]), 0);
    assertThat(script.said()).hasSize(4).containsOnly("close x3 UNEXPECTED_MESSAGE");
  }
}
