package dev.aeon.sp.protocol;

import static dev.aeon.sp.protocol.Script.P1;
import static dev.aeon.sp.protocol.Script.P2;
import static dev.aeon.sp.protocol.Script.packet;
import static dev.aeon.sp.protocol.Script.receiving;
import static dev.aeon.sp.protocol.Script.sending;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import org.junit.jupiter.api.Test;

class RawMachinesTest {
  private final Script script = new Script();

  private static Packet arrived(String body, int... header) {
    Packet packet = packet(body);
    for (int index = header.length - 1; index >= 0; index--) {
      packet.prependWord(header[index]);
    }
    packet.becomeReceived();
    return packet;
  }

  @Test
  void answer_received_hasPipeBeforeBacktrace() {
    RawAnswerMachine rep = new RawAnswerMachine(script, ProtocolNumber.REP0, 8, 2);
    rep.attach(P2, 0);
    Script.TestOperation receiver = receiving("r");
    rep.receive(receiver, 0);
    rep.received(P2, arrived("ask", 5, 0x8000_0001), 0);
    Packet packet = receiver.packet();
    assertThat(packet.headerWordCount()).isEqualTo(3);
    assertThat(packet.headerWord(0)).isEqualTo(2);
    assertThat(packet.headerWord(1)).isEqualTo(5);
    assertThat(packet.headerWord(2)).isEqualTo(0x8000_0001);
  }

  @Test
  void answer_sent_goesByTheFirstWordWithoutIt() {
    RawAnswerMachine rep = new RawAnswerMachine(script, ProtocolNumber.REP0, 8, 2);
    rep.attach(P1, 0);
    rep.attach(P2, 0);
    Script.TestOperation sender = sending("yes");
    sender.packet().prependWord(0x8000_0001);
    sender.packet().prependWord(2);
    rep.send(sender, 0);
    assertThat(script.said()).containsExactly("transmit p2 yes", "yes done");
    assertThat(script.lastOn(P2)).startsWith(0x80, 0, 0, 1, 'y');
  }

  @Test
  void answer_toAPipeThatHasGone_isDropped() {
    RawAnswerMachine rep = new RawAnswerMachine(script, ProtocolNumber.REP0, 8, 2);
    Script.TestOperation sender = sending("yes");
    sender.packet().prependWord(9);
    rep.send(sender, 0);
    assertThat(script.said()).containsExactly("dropped", "yes done");
  }

  @Test
  void answer_tooManyHops_isDropped() {
    RawAnswerMachine rep = new RawAnswerMachine(script, ProtocolNumber.REP0, 1, 2);
    rep.attach(P1, 0);
    rep.received(P1, arrived("far", 5, 0x8000_0001), 0);
    assertThat(script.said()).containsExactly("dropped");
  }

  @Test
  void withoutHeader_sendIsWrong() {
    new RawAnswerMachine(script, ProtocolNumber.REP0, 8, 2).send(sending("a"), 0);
    new RawAskMachine(script, ProtocolNumber.REQ0, 2).send(sending("b"), 0);
    assertThat(script.said()).containsExactly("a WRONG_STATE", "b WRONG_STATE");
  }

  @Test
  void ask_oneOrAll_asThePatternDoes() {
    RawAskMachine req = new RawAskMachine(script, ProtocolNumber.REQ0, 2);
    RawAskMachine surveyor = new RawAskMachine(script, ProtocolNumber.SURVEYOR0, 2);
    for (RawAskMachine each : new RawAskMachine[] {req, surveyor}) {
      each.attach(P1, 0);
      each.attach(P2, 0);
      Script.TestOperation sender = sending("ask");
      sender.packet().prependWord(0x8000_0001);
      each.send(sender, 0);
    }
    assertThat(script.said())
        .containsExactlyInAnyOrder(
            "transmit p1 ask", "ask done", "transmit p1 ask", "transmit p2 ask", "ask done");
  }

  @Test
  void ask_received_hasFirstWordInHeader() {
    RawAskMachine req = new RawAskMachine(script, ProtocolNumber.REQ0, 2);
    req.attach(P1, 0);
    Script.TestOperation receiver = receiving("r");
    req.receive(receiver, 0);
    req.received(P1, arrived("yes", 7, 0x8000_0001), 0);
    assertThat(receiver.packet().headerWordCount()).isEqualTo(1);
    assertThat(receiver.packet().headerWord(0)).isEqualTo(7);
    assertThat(receiver.packet().bodyByteSize()).isEqualTo(4 + 3);
  }
}
