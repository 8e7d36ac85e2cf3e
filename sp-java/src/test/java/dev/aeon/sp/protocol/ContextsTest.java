package dev.aeon.sp.protocol;

import static dev.aeon.sp.protocol.Script.P1;
import static dev.aeon.sp.protocol.Script.P2;
import static dev.aeon.sp.protocol.Script.packet;
import static dev.aeon.sp.protocol.Script.receiving;
import static dev.aeon.sp.protocol.Script.sending;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.wire.Packet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Many conversations on one machine. */
class ContextsTest {
  private static final long RESEND = 60;

  private final Script script = new Script();
  private final Req0Machine req = new Req0Machine(script, 7, RESEND);

  private Packet replyToLast(PipeHandle pipe, String body) {
    Packet packet = packet(body);
    packet.prependWord(ByteBuffer.wrap(script.lastOn(pipe)).getInt());
    packet.becomeReceived();
    return packet;
  }

  private static Packet request(int id, String body) {
    Packet packet = packet(body);
    packet.prependWord(0x8000_0000 | id);
    packet.becomeReceived();
    return packet;
  }

  @Test
  void req_twoRequestsOut_eachGetsItsOwnReply() {
    MachineContext a = req.openContext();
    MachineContext b = req.openContext();
    req.attach(P1, 0);
    req.attach(P2, 0);
    a.send(sending("a"), 0);
    b.send(sending("b"), 0);
    a.receive(receiving("ra"), 0);
    b.receive(receiving("rb"), 0);
    script.said();
    req.received(P2, replyToLast(P2, "to b"), 1);
    req.received(P1, replyToLast(P1, "to a"), 1);
    assertThat(script.said()).containsExactly("rb=to b", "ra=to a");
  }

  @Test
  void req_onePipe_requestsWaitTheirTurn() {
    MachineContext a = req.openContext();
    MachineContext b = req.openContext();
    req.attach(P1, 0);
    a.send(sending("a"), 0);
    b.send(sending("b"), 0);
    assertThat(script.said()).containsExactly("a done", "transmit p1 a", "wake 60");
    req.transmitted(P1, 5);
    assertThat(script.said()).containsExactly("b done", "transmit p1 b", "wake 60");
  }

  @Test
  void req_pipeLost_onlyItsRequestsAreSentAgain() {
    MachineContext a = req.openContext();
    MachineContext b = req.openContext();
    req.attach(P1, 0);
    req.attach(P2, 0);
    a.send(sending("a"), 0);
    b.send(sending("b"), 0);
    req.transmitted(P2, 1);
    script.said();
    req.detach(P1, 2);
    assertThat(script.said()).containsExactly("transmit p2 a", "wake 60");
  }

  @Test
  void req_closedContext_failsItsOwnAlone() {
    MachineContext a = req.openContext();
    req.send(sending("mine"), 0);
    a.send(sending("a"), 0);
    a.close();
    assertThat(script.said()).containsExactly("a CLOSED");
    req.attach(P1, 0);
    assertThat(script.said()).containsExactly("mine done", "transmit p1 mine", "wake 60");
  }

  @Test
  void req_replyToAClosedContext_isDropped() {
    MachineContext a = req.openContext();
    req.attach(P1, 0);
    a.send(sending("a"), 0);
    Packet reply = replyToLast(P1, "late");
    a.close();
    script.said();
    req.received(P1, reply, 1);
    assertThat(script.said()).containsExactly("dropped");
  }

  @Test
  void rep_contexts_workOnRequestsSideBySide() {
    Rep0Machine rep = new Rep0Machine(script, 8);
    MachineContext a = rep.openContext();
    MachineContext b = rep.openContext();
    rep.attach(P1, 0);
    a.receive(receiving("ra"), 0);
    b.receive(receiving("rb"), 0);
    rep.received(P1, request(1, "one"), 0);
    rep.received(P1, request(2, "two"), 0);
    script.said();
    b.send(sending("second"), 0);
    assertThat(script.said()).containsExactly("transmit p1 second", "second done");
    assertThat(script.lastOn(P1)).startsWith(0x80, 0, 0, 2);
    rep.transmitted(P1, 0);
    a.send(sending("first"), 0);
    assertThat(script.lastOn(P1)).startsWith(0x80, 0, 0, 1);
  }

  @Test
  void rep_busyPipe_holdsUpItsContextAlone() {
    Rep0Machine rep = new Rep0Machine(script, 8);
    MachineContext a = rep.openContext();
    MachineContext b = rep.openContext();
    MachineContext c = rep.openContext();
    rep.attach(P1, 0);
    rep.attach(P2, 0);
    a.receive(receiving("ra"), 0);
    b.receive(receiving("rb"), 0);
    c.receive(receiving("rc"), 0);
    rep.received(P1, request(1, "one"), 0);
    rep.received(P1, request(2, "two"), 0);
    rep.received(P2, request(3, "three"), 0);
    a.send(sending("first"), 0);
    script.said();
    b.send(sending("held up"), 0);
    c.send(sending("third"), 0);
    assertThat(script.said()).containsExactly("transmit p2 third", "third done");
    b.close();
    assertThat(script.said()).containsExactly("held up CLOSED");
  }

  @Test
  void rep_answersHeldUpAtTwoPipes_eachCanBeWithdrawnOrFailsOnClose() {
    Rep0Machine rep = new Rep0Machine(script, 8);
    Operation early = sending("early");
    Operation late = sending("late");
    rep.attach(P1, 0);
    rep.attach(P2, 0);
    for (PipeHandle pipe : new PipeHandle[] {P1, P2}) {
      rep.receive(receiving("r"), 0);
      rep.received(pipe, request(1, "one"), 0);
      rep.send(sending("at once"), 0);
      rep.receive(receiving("r"), 0);
      rep.received(pipe, request(2, "two"), 0);
      rep.send(pipe.equals(P1) ? early : late, 0);
    }
    script.said();
    assertThat(rep.withdraw(early)).isTrue();
    rep.transmitted(P1, 0);
    assertThat(script.said()).isEmpty();
    rep.close();
    assertThat(script.said()).containsExactly("late CLOSED");
  }

  @Test
  void sub_contexts_haveTheirOwnSubscriptionsAndCopies() {
    Sub0Machine sub = new Sub0Machine(script, 4);
    Sub0Machine.Context a = sub.openContext();
    Sub0Machine.Context b = sub.openContext();
    a.subscribe("x".getBytes(StandardCharsets.UTF_8));
    b.subscribe(new byte[0]);
    sub.attach(P1, 0);
    a.receive(receiving("ra"), 0);
    b.receive(receiving("rb"), 0);
    sub.receive(receiving("mine"), 0);
    sub.received(P1, packet("xyz"), 0);
    sub.received(P1, packet("abc"), 0);
    assertThat(script.said()).containsExactly("ra=xyz", "rb=xyz");
    b.receive(receiving("rb2"), 0);
    assertThat(script.said()).containsExactly("rb2=abc");
  }
}
