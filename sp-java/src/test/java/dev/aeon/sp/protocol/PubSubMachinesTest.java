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

  private Sub0Machine fullSub() {
    Sub0Machine machine = new Sub0Machine(script, 2);
    machine.own().subscribe(new byte[0]);
    machine.attach(P1, 0);
    machine.received(P1, packet("a"), 0);
    machine.received(P1, packet("b"), 0);
    return machine;
  }

  @Test
  void sub_fullQueue_isReadOnOnceItIsEmpty() {
    Sub0Machine machine = fullSub();
    assertThat(script.saidAll()).containsExactly("next p1", "next p1", "wake 20000000");
    script.arrived("c");
    machine.receive(receiving("r1"), 0);
    machine.receive(receiving("r2"), 0);
    assertThat(script.saidAll()).containsExactly("r1=a", "next p1", "r2=b");
    machine.receive(receiving("r3"), 0);
    assertThat(script.saidAll()).containsExactly("r3=c");
  }

  @Test
  void sub_queueFilledAgainByWhatWasThere_waitsAgain() {
    Sub0Machine machine = fullSub();
    script.arrived("c");
    script.arrived("d");
    machine.receive(receiving("r1"), 0);
    var _ = script.saidAll();
    machine.receive(receiving("r2"), 0);
    assertThat(script.saidAll()).containsExactly("r2=b");
    machine.receive(receiving("r3"), 0);
    machine.receive(receiving("r4"), 0);
    assertThat(script.saidAll()).containsExactly("r3=c", "next p1", "r4=d");
  }

  @Test
  void sub_fullQueueForTooLong_losesOldestUntilItWasEmpty() {
    Sub0Machine machine = fullSub();
    machine.expire(PausedPipes.PATIENCE_NANOS - 1);
    var _ = script.saidAll();
    machine.expire(PausedPipes.PATIENCE_NANOS);
    assertThat(script.saidAll()).containsExactly("next p1");
    machine.received(P1, packet("c"), PausedPipes.PATIENCE_NANOS);
    machine.receive(receiving("r1"), PausedPipes.PATIENCE_NANOS);
    machine.received(P1, packet("d"), PausedPipes.PATIENCE_NANOS);
    assertThat(script.saidAll()).containsExactly("dropped", "next p1", "r1=b", "next p1");
    machine.receive(receiving("r2"), PausedPipes.PATIENCE_NANOS);
    machine.receive(receiving("r3"), PausedPipes.PATIENCE_NANOS);
    machine.received(P1, packet("e"), PausedPipes.PATIENCE_NANOS);
    machine.received(P1, packet("f"), PausedPipes.PATIENCE_NANOS);
    assertThat(script.saidAll()).containsExactly("r2=c", "r3=d", "next p1", "wake 40000000");
  }

  @Test
  void sub_alarmOfAnEarlierPause_isSetAnew() {
    Sub0Machine machine = fullSub();
    machine.receive(receiving("r1"), 0);
    machine.receive(receiving("r2"), 0);
    machine.received(P1, packet("c"), 5);
    machine.received(P1, packet("d"), 5);
    var _ = script.saidAll();
    machine.expire(PausedPipes.PATIENCE_NANOS);
    assertThat(script.saidAll()).containsExactly("wake 20000005");
  }

  @Test
  void sub_pipeThatGoesWhileItIsNotRead_isForgotten() {
    Sub0Machine machine = fullSub();
    machine.detach(P1, 0);
    var _ = script.saidAll();
    machine.receive(receiving("r1"), 0);
    machine.receive(receiving("r2"), 0);
    machine.expire(PausedPipes.PATIENCE_NANOS);
    assertThat(script.saidAll()).containsExactly("r1=a", "r2=b");
  }

  @Test
  void sub_unsubscribeThatEmptiesTheQueue_readsOn() {
    Sub0Machine machine = fullSub();
    var _ = script.saidAll();
    assertThat(machine.own().unsubscribe(new byte[0])).isTrue();
    assertThat(script.saidAll()).containsExactly("next p1");
  }

  /** Each context has a pace of its own, and none waits for another. */
  @Test
  void sub_furtherContext_endsTheWait() {
    Sub0Machine machine = fullSub();
    var _ = script.saidAll();
    Sub0Machine.Context other = machine.openContext();
    other.subscribe(new byte[0]);
    assertThat(script.saidAll()).containsExactly("next p1");
    machine.received(P1, packet("c"), 0);
    assertThat(script.saidAll()).containsExactly("dropped", "next p1");
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
