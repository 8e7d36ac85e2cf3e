package dev.aeon.sp.protocol;

import static dev.aeon.sp.protocol.Script.P1;
import static dev.aeon.sp.protocol.Script.P2;
import static dev.aeon.sp.protocol.Script.packet;
import static dev.aeon.sp.protocol.Script.receiving;
import static dev.aeon.sp.protocol.Script.sending;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.wire.Packet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What can be sent or received without waiting needs no operation. */
class AtOnceTest {
  private final Script script = new Script();

  private static boolean sends(ProtocolMachine machine, String body) {
    Packet packet = packet(body);
    boolean sent = machine.trySend(packet);
    if (!sent) {
      packet.release();
    }
    return sent;
  }

  private static @Nullable String received(ProtocolMachine machine) {
    Packet packet = machine.tryReceive();
    if (packet == null) {
      return null;
    }
    String body = Script.body(packet);
    packet.release();
    return body;
  }

  @Test
  void push_pipesThatTakeAtOnce_haveTheirTurns() {
    script.takeAtOnce();
    Push0Machine machine = new Push0Machine(script);
    machine.attach(P1, 0);
    machine.attach(P2, 0);
    assertThat(sends(machine, "a") && sends(machine, "b") && sends(machine, "c")).isTrue();
    assertThat(script.said()).containsExactly("at once p1 a", "at once p2 b", "at once p1 c");
  }

  @Test
  void push_pipeThatTakesOneAtATime_isBusyWithIt() {
    Push0Machine machine = new Push0Machine(script);
    machine.attach(P1, 0);
    assertThat(sends(machine, "a")).isTrue();
    assertThat(script.said()).containsExactly("transmit p1 a");
    assertThat(sends(machine, "b")).isFalse();
    machine.transmitted(P1, 0);
    assertThat(sends(machine, "c")).isTrue();
  }

  @Test
  void push_noPipe_leavesTheSendToWait() {
    Push0Machine machine = new Push0Machine(script);
    assertThat(sends(machine, "a")).isFalse();
    assertThat(script.said()).isEmpty();
  }

  @Test
  void pull_messagesThatAreThere_areReadWithoutAsking() {
    Pull0Machine machine = new Pull0Machine(script);
    machine.attach(P1, 0);
    machine.received(P1, packet("a"), 0);
    script.arrived("b");
    var _ = script.saidAll();
    assertThat(machine.isLikelyReceivable()).isTrue();
    assertThat(received(machine)).isEqualTo("a");
    assertThat(script.saidAll()).isEmpty();
    assertThat(received(machine)).isEqualTo("b");
    assertThat(script.saidAll()).containsExactly("next p1");
    assertThat(machine.isLikelyReceivable()).isFalse();
    assertThat(received(machine)).isNull();
  }

  @Test
  void pull_queue_isEmptiedInOrderAndFilledAgain() {
    Pull0Machine machine = new Pull0Machine(script);
    machine.setReceiveQueueCount(1);
    machine.attach(P1, 0);
    machine.received(P1, packet("a"), 0);
    machine.received(P1, packet("b"), 0);
    script.arrived("c");
    assertThat(received(machine)).isEqualTo("a");
    assertThat(received(machine)).isEqualTo("b");
    machine.received(P1, packet("c"), 0);
    assertThat(received(machine)).isEqualTo("c");
  }

  @Test
  void pull_othersThatWait_comeFirst() {
    Pull0Machine machine = new Pull0Machine(script);
    machine.attach(P1, 0);
    machine.receive(receiving("r"), 0);
    machine.received(P1, packet("a"), 0);
    assertThat(script.said()).containsExactly("r=a");
    assertThat(received(machine)).isNull();
  }

  @Test
  void pair_bothWays_atOnce() {
    script.takeAtOnce();
    Pair0Machine machine = new Pair0Machine(script);
    assertThat(sends(machine, "early")).isFalse();
    machine.attach(P1, 0);
    assertThat(sends(machine, "a") && sends(machine, "b")).isTrue();
    assertThat(script.said()).containsExactly("at once p1 a", "at once p1 b");
    machine.received(P1, packet("c"), 0);
    script.arrived("d");
    assertThat(received(machine)).isEqualTo("c");
    assertThat(received(machine)).isEqualTo("d");
  }

  /** A message that is read ahead is checked as one that came. */
  @Test
  void pair1_readAheadWithoutHopCount_closesThePipe() {
    Pair1Machine machine = new Pair1Machine(script, 8, false);
    machine.attach(P1, 0);
    Packet good = packet("a");
    good.prependWord(1);
    good.becomeReceived();
    machine.received(P1, good, 0);
    script.arrived("bad");
    assertThat(received(machine)).isEqualTo("a");
    assertThat(script.said()).containsExactly("close p1 MALFORMED_HEADER");
    assertThat(received(machine)).isNull();
  }

  @Test
  void pub_subscribersThatTakeAtOnce_queueNothing() {
    script.takeAtOnce();
    Pub0Machine machine = new Pub0Machine(script, 1);
    machine.attach(P1, 0);
    machine.attach(P2, 0);
    assertThat(sends(machine, "a") && sends(machine, "b")).isTrue();
    assertThat(script.said())
        .containsExactlyInAnyOrder("at once p1 a", "at once p2 a", "at once p1 b", "at once p2 b");
  }

  @Test
  void pub_thatWaitsForRoom_leavesTheSendToWait() {
    Pub0Machine machine = new Pub0Machine(script, 1);
    machine.setWaits(true);
    machine.attach(P1, 0);
    assertThat(sends(machine, "a") && sends(machine, "b")).isTrue();
    assertThat(sends(machine, "c")).isFalse();
  }

  @Test
  void sub_messagesThatWait_areTaken() {
    Sub0Machine machine = new Sub0Machine(script, 2);
    machine.own().subscribe(new byte[0]);
    machine.attach(P1, 0);
    machine.received(P1, packet("a"), 0);
    assertThat(received(machine)).isEqualTo("a");
    assertThat(received(machine)).isNull();
  }

  /** Requests have states of their own. */
  @Test
  void machinesThatKeepConversations_leaveItToOperations() {
    Req0Machine machine = new Req0Machine(script, 1, 1_000);
    machine.attach(P1, 0);
    assertThat(sends(machine, "a")).isFalse();
    machine.send(sending("b"), 0);
    assertThat(received(machine)).isNull();
  }
}
