package dev.aeon.sp.protocol;

import static dev.aeon.sp.protocol.Script.P1;
import static dev.aeon.sp.protocol.Script.P2;
import static dev.aeon.sp.protocol.Script.packet;
import static dev.aeon.sp.protocol.Script.receiving;
import static dev.aeon.sp.protocol.Script.sending;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Bus0MachineTest {
  private final Script script = new Script();
  private final Bus0Machine machine = new Bus0Machine(script, false, 1, 1);

  @Test
  void send_goesToEveryNeighbourAndNeverWaits() {
    machine.send(sending("nobody"), 0);
    machine.attach(P1, 0);
    machine.attach(P2, 0);
    machine.send(sending("a"), 0);
    assertThat(script.said())
        .containsExactlyInAnyOrder("nobody done", "transmit p1 a", "transmit p2 a", "a done");
  }

  @Test
  void send_busyNeighbourWithFullQueue_losesTheNewest() {
    machine.attach(P1, 0);
    machine.send(sending("a"), 0);
    machine.send(sending("b"), 0);
    machine.send(sending("c"), 0);
    assertThat(script.said())
        .containsExactly("transmit p1 a", "a done", "b done", "dropped", "c done");
    machine.transmitted(P1, 0);
    assertThat(script.said()).containsExactly("transmit p1 b");
  }

  @Test
  void received_nobodyAsks_newestIsDroppedWhenFull() {
    machine.attach(P1, 0);
    machine.received(P1, packet("a"), 0);
    machine.received(P1, packet("b"), 0);
    machine.receive(receiving("r"), 0);
    assertThat(script.said()).containsExactly("dropped", "r=a");
  }

  @Test
  void raw_messageSentBack_goesToAllOthers() {
    Bus0Machine raw = new Bus0Machine(script, true, 1, 1);
    raw.attach(P1, 0);
    raw.attach(P2, 0);
    Script.TestOperation receiver = receiving("r");
    raw.receive(receiver, 0);
    raw.received(P1, packet("a"), 0);
    script.said();
    raw.send(new Script.TestOperation("back", receiver.takePacket()), 0);
    assertThat(script.said()).containsExactly("transmit p2 a", "back done");
  }
}
