package dev.aeon.sp.protocol;

import static dev.aeon.sp.protocol.Script.P1;
import static dev.aeon.sp.protocol.Script.P2;
import static dev.aeon.sp.protocol.Script.packet;
import static dev.aeon.sp.protocol.Script.receiving;
import static dev.aeon.sp.protocol.Script.sending;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Req0MachineTest {
  private static final long RESEND = 60;

  private final Script script = new Script();
  private final Req0Machine machine = new Req0Machine(script, 7, RESEND);

  /** A reply to the request last seen on {@code pipe}. */
  private byte[] reply(PipeHandle pipe, String body) {
    byte[] bytes = new byte[4 + body.length()];
    System.arraycopy(script.lastOn(pipe), 0, bytes, 0, 4);
    for (int index = 0; index < body.length(); index++) {
      bytes[4 + index] = (byte) body.charAt(index);
    }
    return bytes;
  }

  @Test
  void send_noPipe_waitsForOne() {
    machine.send(sending("ask"), 0);
    assertThat(script.said()).isEmpty();
    machine.attach(P1, 5);
    assertThat(script.said()).containsExactly("ask done", "transmit p1 ask", "wake 65");
  }

  @Test
  void send_ids_startAtSeedCountUpAndKeepTopBit() {
    Req0Machine wrapping = new Req0Machine(script, -2, RESEND);
    wrapping.attach(P1, 0);
    wrapping.send(sending("a"), 0);
    assertThat(script.lastOn(P1)).startsWith(0xff, 0xff, 0xff, 0xff);
    wrapping.transmitted(P1, 0);
    wrapping.send(sending("b"), 0);
    assertThat(script.lastOn(P1)).startsWith(0x80, 0, 0, 0);
  }

  @Test
  void reply_matching_completesReceive() {
    machine.attach(P1, 0);
    machine.send(sending("ask"), 0);
    machine.receive(receiving("r"), 0);
    script.said();
    machine.received(P1, packet(reply(P1, "yes")), 1);
    assertThat(script.said()).containsExactly("r=yes");
  }

  @Test
  void reply_beforeReceive_isKept() {
    machine.attach(P1, 0);
    machine.send(sending("ask"), 0);
    machine.received(P1, packet(reply(P1, "yes")), 1);
    script.said();
    machine.receive(receiving("r"), 2);
    machine.receive(receiving("again"), 2);
    assertThat(script.said()).containsExactly("r=yes", "again WRONG_STATE");
  }

  @Test
  void reply_duplicateOrOfAnotherId_isDropped() {
    machine.attach(P1, 0);
    machine.send(sending("ask"), 0);
    byte[] good = reply(P1, "yes");
    byte[] other = good.clone();
    other[3]++;
    script.said();
    machine.received(P1, packet(other), 1);
    machine.received(P1, packet(good), 1);
    machine.received(P1, packet(good), 1);
    assertThat(script.said()).containsExactly("dropped", "dropped");
  }

  @Test
  void reply_tooShort_closesPipe() {
    machine.attach(P1, 0);
    script.said();
    machine.received(P1, packet(new byte[3]), 0);
    assertThat(script.said()).containsExactly("close p1 MALFORMED_HEADER");
  }

  @Test
  void pipeLost_resendOn_sameIdOnAnotherPipe() {
    machine.attach(P1, 0);
    machine.send(sending("ask"), 0);
    byte[] first = script.lastOn(P1);
    machine.attach(P2, 0);
    script.said();
    machine.detach(P1, 3);
    assertThat(script.said()).containsExactly("transmit p2 ask", "wake 63");
    assertThat(script.lastOn(P2)).isEqualTo(first);
  }

  @Test
  void pipeLost_noOther_resendsOnNextConnect() {
    machine.attach(P1, 0);
    machine.send(sending("ask"), 0);
    machine.detach(P1, 3);
    script.said();
    machine.attach(P2, 9);
    assertThat(script.said()).containsExactly("transmit p2 ask", "wake 69");
  }

  @Test
  void pipeLost_resendOff_failsReceiveNowOrLater() {
    machine.setResendNanos(0);
    machine.attach(P1, 0);
    machine.send(sending("ask"), 0);
    script.said();
    machine.detach(P1, 1);
    machine.receive(receiving("r"), 2);
    machine.receive(receiving("again"), 2);
    assertThat(script.said()).containsExactly("r CONNECTION_LOST", "again WRONG_STATE");
  }

  @Test
  void expire_noReply_resendsWithSameId() {
    machine.attach(P1, 0);
    machine.send(sending("ask"), 0);
    machine.transmitted(P1, 1);
    byte[] first = script.lastOn(P1);
    script.said();
    machine.expire(59);
    assertThat(script.said()).containsExactly("wake 60");
    machine.expire(60);
    assertThat(script.said()).containsExactly("transmit p1 ask", "wake 120");
    assertThat(script.lastOn(P1)).isEqualTo(first);
  }

  /** A socket reads its clock after what it sends, which does not wait for that then. */
  @Test
  void send_withoutATime_isResentByTheTimeToldAfterwards() {
    machine.attach(P1, 0);
    machine.send(sending("ask"), ProtocolMachine.UNDATED);
    assertThat(script.said()).containsExactly("ask done", "transmit p1 ask");
    machine.date(100);
    assertThat(script.said()).containsExactly("wake 160");
    machine.transmitted(P1, 100);
    machine.expire(160);
    assertThat(script.said()).containsExactly("transmit p1 ask", "wake 220");
  }

  @Test
  void send_withoutATimeAndLost_isSentAgainAsSoonAsItCanBe() {
    machine.attach(P1, 0);
    machine.send(sending("ask"), ProtocolMachine.UNDATED);
    machine.detach(P1, 90);
    script.said();
    machine.date(100);
    assertThat(script.said()).isEmpty();
    machine.attach(P2, 110);
    assertThat(script.said()).containsExactly("transmit p2 ask", "wake 170");
  }

  @Test
  void resendTick_resendsWaitForItsMultiples() {
    machine.setResendTickNanos(50);
    machine.attach(P1, 0);
    machine.send(sending("ask"), 0);
    machine.transmitted(P1, 1);
    assertThat(script.said()).contains("wake 100");
    machine.expire(99);
    assertThat(script.said()).containsExactly("wake 100");
    machine.expire(100);
    assertThat(script.said()).containsExactly("transmit p1 ask", "wake 200");
  }

  @Test
  void send_again_abandonsRequestBefore() {
    machine.attach(P1, 0);
    machine.send(sending("one"), 0);
    byte[] late = reply(P1, "late");
    machine.receive(receiving("r"), 0);
    machine.transmitted(P1, 0);
    script.said();
    machine.send(sending("two"), 1);
    assertThat(script.said())
        .containsExactly("r CANCELLED", "two done", "transmit p1 two", "wake 61");
    machine.received(P1, packet(late), 2);
    assertThat(script.said()).containsExactly("dropped");
  }

  @Test
  void receive_second_isRefused() {
    machine.attach(P1, 0);
    machine.send(sending("ask"), 0);
    machine.receive(receiving("r1"), 0);
    script.said();
    machine.receive(receiving("r2"), 0);
    assertThat(script.said()).containsExactly("r2 WRONG_STATE");
  }

  @Test
  void withdraw_ofReceive_resetsSoThatSendMustComeFirst() {
    machine.attach(P1, 0);
    machine.send(sending("ask"), 0);
    Operation waiting = receiving("r");
    machine.receive(waiting, 0);
    assertThat(machine.withdraw(waiting)).isTrue();
    assertThat(machine.withdraw(waiting)).isFalse();
    script.said();
    machine.receive(receiving("r2"), 0);
    assertThat(script.said()).containsExactly("r2 WRONG_STATE");
  }

  @Test
  void close_failsWaiting() {
    machine.send(sending("ask"), 0);
    machine.receive(receiving("r"), 0);
    machine.close();
    assertThat(script.said()).containsExactly("ask CLOSED", "r CLOSED");
  }
}
