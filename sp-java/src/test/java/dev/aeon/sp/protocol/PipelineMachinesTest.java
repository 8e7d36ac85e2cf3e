package dev.aeon.sp.protocol;

import static dev.aeon.sp.protocol.Script.P1;
import static dev.aeon.sp.protocol.Script.P2;
import static dev.aeon.sp.protocol.Script.packet;
import static dev.aeon.sp.protocol.Script.receiving;
import static dev.aeon.sp.protocol.Script.sending;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PipelineMachinesTest {
  private final Script script = new Script();

  @Test
  void push_noPipe_waitsInOrder() {
    Push0Machine machine = new Push0Machine(script);
    machine.send(sending("a"), 0);
    machine.send(sending("b"), 0);
    machine.attach(P1, 0);
    assertThat(script.said()).containsExactly("a done", "transmit p1 a");
    machine.transmitted(P1, 0);
    assertThat(script.said()).containsExactly("b done", "transmit p1 b");
  }

  @Test
  void push_readyPipes_takeTurns() {
    Push0Machine machine = new Push0Machine(script);
    machine.attach(P1, 0);
    machine.attach(P2, 0);
    machine.send(sending("a"), 0);
    machine.send(sending("b"), 0);
    assertThat(script.said()).containsExactly("transmit p1 a", "a done", "transmit p2 b", "b done");
  }

  @Test
  void push_lostPipe_isNotUsed() {
    Push0Machine machine = new Push0Machine(script);
    machine.attach(P1, 0);
    machine.detach(P1, 0);
    machine.send(sending("a"), 0);
    assertThat(script.said()).isEmpty();
  }

  @Test
  void push_dataFromPull_isReadAndDropped() {
    Push0Machine machine = new Push0Machine(script);
    machine.attach(P1, 0);
    script.saidAll();
    machine.received(P1, packet("noise"), 0);
    assertThat(script.saidAll()).containsExactly("dropped", "next p1");
  }

  @Test
  void push_withdrawnSend_isNeverSent() {
    Push0Machine machine = new Push0Machine(script);
    Operation given = sending("a");
    machine.send(given, 0);
    assertThat(machine.withdraw(given)).isTrue();
    machine.attach(P1, 0);
    assertThat(script.said()).isEmpty();
  }

  @Test
  void pull_nobodyReceives_holdsOnePerPipe() {
    Pull0Machine machine = new Pull0Machine(script);
    machine.attach(P1, 0);
    script.saidAll();
    machine.received(P1, packet("a"), 0);
    assertThat(script.saidAll()).isEmpty();
    machine.receive(receiving("r"), 0);
    assertThat(script.saidAll()).containsExactly("r=a", "next p1");
  }

  @Test
  void pull_lostPipe_itsMessageIsStillDelivered() {
    Pull0Machine machine = new Pull0Machine(script);
    machine.attach(P1, 0);
    machine.received(P1, packet("a"), 0);
    machine.detach(P1, 0);
    machine.receive(receiving("r"), 0);
    assertThat(script.said()).containsExactly("r=a");
  }

  @Test
  void pull_waitingReceivers_areServedInOrder() {
    Pull0Machine machine = new Pull0Machine(script);
    machine.attach(P1, 0);
    machine.receive(receiving("r1"), 0);
    machine.receive(receiving("r2"), 0);
    machine.received(P1, packet("a"), 0);
    machine.received(P1, packet("b"), 0);
    assertThat(script.said()).containsExactly("r1=a", "r2=b");
  }
}
