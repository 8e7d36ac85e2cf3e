package dev.aeon.sp.protocol;

import static dev.aeon.sp.protocol.Script.P1;
import static dev.aeon.sp.protocol.Script.P2;
import static dev.aeon.sp.protocol.Script.packet;
import static dev.aeon.sp.protocol.Script.receiving;
import static dev.aeon.sp.protocol.Script.sending;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.wire.Packet;
import org.junit.jupiter.api.Test;

class PairMachinesTest {
  private final Script script = new Script();

  private static Packet hopped(int hops, String body) {
    Packet packet = packet(body);
    packet.prependWord(hops);
    packet.becomeReceived();
    return packet;
  }

  @Test
  void pair_secondPeer_isTurnedAwayUntilTheFirstLeaves() {
    Pair0Machine machine = new Pair0Machine(script);
    machine.attach(P1, 0);
    machine.attach(P2, 0);
    assertThat(script.said()).containsExactly("close p2 REFUSED");
    machine.detach(P2, 0);
    machine.detach(P1, 0);
    machine.attach(P2, 0);
    machine.send(sending("a"), 0);
    assertThat(script.said()).containsExactly("transmit p2 a", "a done");
  }

  @Test
  void pair_noPeer_sendWaits() {
    Pair0Machine machine = new Pair0Machine(script);
    machine.send(sending("a"), 0);
    assertThat(script.said()).isEmpty();
    machine.attach(P1, 0);
    assertThat(script.said()).containsExactly("a done", "transmit p1 a");
  }

  @Test
  void pair_noPeer_failsWhereToldTo() {
    Pair0Machine machine = new Pair0Machine(script);
    machine.setFailsWithoutPeer(true);
    machine.send(sending("a"), 0);
    assertThat(script.said()).containsExactly("a NO_PEER");
  }

  @Test
  void pair_sendQueue_completesSendsWhileBusy() {
    Pair0Machine machine = new Pair0Machine(script);
    machine.setSendQueueCount(1);
    machine.attach(P1, 0);
    machine.send(sending("a"), 0);
    machine.send(sending("b"), 0);
    machine.send(sending("c"), 0);
    assertThat(script.said()).containsExactly("transmit p1 a", "a done", "b done");
    machine.transmitted(P1, 0);
    assertThat(script.said()).containsExactly("c done", "transmit p1 b");
  }

  @Test
  void pair_nobodyReceives_onePacketIsHeldAndNoMoreRead() {
    Pair0Machine machine = new Pair0Machine(script);
    machine.attach(P1, 0);
    script.saidAll();
    machine.received(P1, packet("a"), 0);
    assertThat(script.saidAll()).isEmpty();
    machine.receive(receiving("r"), 0);
    assertThat(script.saidAll()).containsExactly("r=a", "next p1");
  }

  @Test
  void pair1_send_countsTheFirstHop() {
    Pair1Machine machine = new Pair1Machine(script, 8, false);
    machine.attach(P1, 0);
    machine.send(sending("a"), 0);
    assertThat(script.lastOn(P1)).startsWith(0, 0, 0, 1);
  }

  @Test
  void pair1_received_hopsUpToTheLimitAreTaken() {
    Pair1Machine machine = new Pair1Machine(script, 8, false);
    machine.attach(P1, 0);
    machine.receive(receiving("r"), 0);
    machine.receive(receiving("s"), 0);
    script.said();
    machine.received(P1, hopped(0, "mangos"), 0);
    machine.received(P1, hopped(9, "too far"), 0);
    machine.received(P1, hopped(8, "far"), 0);
    assertThat(script.said()).containsExactly("r=mangos", "dropped", "s=far");
  }

  @Test
  void pair1_received_noCountOrAnImpossibleOne_closes() {
    Pair1Machine machine = new Pair1Machine(script, 8, false);
    machine.attach(P1, 0);
    machine.received(P1, packet("abc"), 0);
    machine.received(P1, hopped(0x100, "x"), 0);
    assertThat(script.said())
        .containsExactly("close p1 MALFORMED_HEADER", "close p1 MALFORMED_HEADER");
  }

  @Test
  void pair1Raw_forwarded_countsOneHopMore() {
    Pair1Machine machine = new Pair1Machine(script, 8, true);
    machine.attach(P1, 0);
    Script.TestOperation receiver = receiving("r");
    machine.receive(receiver, 0);
    machine.received(P1, hopped(3, "x"), 0);
    Script.TestOperation forwarded = new Script.TestOperation("again", receiver.takePacket());
    machine.send(forwarded, 0);
    assertThat(script.lastOn(P1)).startsWith(0, 0, 0, 4);
  }

  @Test
  void poly_message_goesToThePipeItNames() {
    Pair1PolyMachine machine = new Pair1PolyMachine(script, 8);
    machine.attach(P1, 0);
    machine.attach(P2, 0);
    Script.TestOperation second = sending("b");
    second.packet().setPipeId(2);
    machine.send(sending("a"), 0);
    machine.send(second, 0);
    assertThat(script.said()).containsExactly("transmit p1 a", "a done", "transmit p2 b", "b done");
  }

  @Test
  void poly_pipeThatHasGone_messageIsDropped() {
    Pair1PolyMachine machine = new Pair1PolyMachine(script, 8);
    machine.attach(P1, 0);
    Script.TestOperation stray = sending("a");
    stray.packet().setPipeId(77);
    machine.send(stray, 0);
    assertThat(script.said()).containsExactly("dropped", "a done");
  }

  @Test
  void poly_busyPipe_holdsUpItsOwnSendersAlone() {
    Pair1PolyMachine machine = new Pair1PolyMachine(script, 8);
    machine.attach(P1, 0);
    machine.attach(P2, 0);
    machine.send(sending("a"), 0);
    machine.send(sending("b"), 0);
    Script.TestOperation other = sending("c");
    other.packet().setPipeId(2);
    machine.send(other, 0);
    assertThat(script.said()).containsExactly("transmit p1 a", "a done", "transmit p2 c", "c done");
    machine.transmitted(P1, 0);
    assertThat(script.said()).containsExactly("transmit p1 b", "b done");
  }

  @Test
  void poly_noPeer_sendWaitsForTheFirst() {
    Pair1PolyMachine machine = new Pair1PolyMachine(script, 8);
    machine.send(sending("a"), 0);
    assertThat(script.said()).isEmpty();
    machine.attach(P2, 0);
    assertThat(script.said()).containsExactly("transmit p2 a", "a done");
  }
}
