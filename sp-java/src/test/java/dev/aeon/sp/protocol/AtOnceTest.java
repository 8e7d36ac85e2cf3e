package dev.aeon.sp.protocol;

import static dev.aeon.sp.protocol.Script.P1;
import static dev.aeon.sp.protocol.Script.P2;
import static dev.aeon.sp.protocol.Script.packet;
import static dev.aeon.sp.protocol.Script.receiving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.wire.Packet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

  private static byte[] withId(int id, String body) {
    byte[] text = body.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + text.length).putInt(id).put(text).array();
  }

  /** The id that a machine which begins with 1 gives its requests, from 1. */
  private static int id(int request) {
    return 0x8000_0001 + request;
  }

  @Test
  void req_requestAndReply_needNoOperation() {
    Req0Machine machine = new Req0Machine(script, 1, 0);
    assertThat(sends(machine, "early")).isFalse();
    machine.attach(P1, 0);
    assertThat(script.saidAll()).containsExactly("next p1");
    for (int request = 1; request <= 3; request++) {
      assertThat(machine.awaitsArrival()).isFalse();
      assertThat(sends(machine, "ask")).isTrue();
      assertThat(machine.awaitsArrival()).isTrue();
      machine.transmitted(P1, 0);
      assertThat(received(machine)).isNull();
      script.awaited(withId(id(request), "answer"));
      assertThat(received(machine)).isEqualTo("answer");
      assertThat(script.saidAll()).containsExactly("transmit p1 ask", "taken p1");
    }
  }

  @Test
  void req_sentWithoutAnOperation_isSentAgainFromTheTimeToldLater() {
    Req0Machine machine = new Req0Machine(script, 1, 1_000);
    machine.attach(P1, 0);
    assertThat(sends(machine, "ask")).isTrue();
    assertThat(script.said()).containsExactly("transmit p1 ask");
    machine.date(500);
    assertThat(script.said()).containsExactly("wake 1500");
    machine.transmitted(P1, 0);
    machine.expire(1_500);
    assertThat(script.said()).contains("transmit p1 ask");
  }

  @Test
  void req_newRequest_abandonsTheOneBefore() {
    Req0Machine machine = new Req0Machine(script, 1, 0);
    machine.attach(P1, 0);
    assertThat(sends(machine, "a")).isTrue();
    machine.transmitted(P1, 0);
    int turn = machine.turn();
    assertThat(sends(machine, "b")).isTrue();
    assertThat(machine.turn()).isNotEqualTo(turn);
    script.awaited(withId(id(1), "of a"));
    assertThat(received(machine)).isNull();
    assertThat(script.said()).contains("dropped");
    script.awaited(withId(id(2), "of b"));
    assertThat(received(machine)).isEqualTo("of b");
  }

  @Test
  void req_replyThatWasTold_isTakenToo() {
    Req0Machine machine = new Req0Machine(script, 1, 0);
    machine.attach(P1, 0);
    assertThat(sends(machine, "a")).isTrue();
    machine.received(P1, packet(withId(id(1), "of a")), 0);
    assertThat(machine.isLikelyReceivable()).isTrue();
    assertThat(received(machine)).isEqualTo("of a");
    assertThat(machine.isLikelyReceivable()).isFalse();
    assertThat(received(machine)).isNull();
  }

  @Test
  void req_replyWithoutAnId_closesThePipe() {
    Req0Machine machine = new Req0Machine(script, 1, 0);
    machine.attach(P1, 0);
    assertThat(sends(machine, "a")).isTrue();
    script.awaited(new byte[] {1, 2});
    assertThat(received(machine)).isNull();
    assertThat(script.said()).contains("close p1 MALFORMED_HEADER");
  }

  @Test
  void req_othersThatWait_haveTheirReplies() {
    Req0Machine machine = new Req0Machine(script, 1, 0);
    machine.attach(P1, 0);
    assertThat(sends(machine, "a")).isTrue();
    machine.receive(receiving("r"), 0);
    assertThat(machine.awaitsArrival()).isFalse();
    assertThat(sends(machine, "b")).isFalse();
    script.awaited(withId(id(1), "of a"));
    assertThat(received(machine)).isNull();
    machine.received(P1, packet(withId(id(1), "of a")), 0);
    assertThat(script.said()).contains("r=of a");
  }

  @Test
  void rep_requestAndAnswer_needNoOperation() {
    Rep0Machine machine = new Rep0Machine(script, 8);
    machine.attach(P1, 0);
    assertThat(sends(machine, "early")).isFalse();
    assertThat(script.saidAll()).containsExactly("next p1");
    for (int request = 1; request <= 3; request++) {
      assertThat(machine.awaitsArrival()).isTrue();
      script.awaited(withId(id(request), "ask"));
      assertThat(received(machine)).isEqualTo("ask");
      assertThat(machine.awaitsArrival()).isFalse();
      assertThat(sends(machine, "answer")).isTrue();
      assertThat(script.lastOn(P1)).isEqualTo(withId(id(request), "answer"));
      assertThat(sends(machine, "second")).isFalse();
      machine.transmitted(P1, 0);
      assertThat(script.saidAll()).containsExactly("taken p1", "transmit p1 answer");
    }
  }

  @Test
  void rep_requestsOfManyPipes_areTakenInTurn() {
    Rep0Machine machine = new Rep0Machine(script, 8);
    machine.attach(P1, 0);
    machine.attach(P2, 0);
    assertThat(machine.awaitsArrival()).isFalse();
    script.awaited(withId(id(1), "not told"));
    machine.received(P2, packet(withId(id(1), "b")), 0);
    machine.received(P1, packet(withId(id(1), "a")), 0);
    assertThat(received(machine)).isEqualTo("b");
    assertThat(received(machine)).isEqualTo("a");
    assertThat(received(machine)).isNull();
    machine.detach(P2, 0);
    assertThat(received(machine)).isEqualTo("not told");
  }

  @Test
  void rep_requestsThatMayNotBe_areNotTaken() {
    Rep0Machine machine = new Rep0Machine(script, 1);
    machine.attach(P1, 0);
    script.awaited(withId(7, "one word too many"));
    assertThat(received(machine)).isNull();
    assertThat(script.said()).containsExactly("taken p1", "dropped");
    script.awaited(new byte[] {1});
    assertThat(received(machine)).isNull();
    assertThat(script.said()).containsExactly("taken p1", "close p1 MALFORMED_HEADER");
  }

  @Test
  void rep_othersThatWait_comeFirst() {
    Rep0Machine machine = new Rep0Machine(script, 8);
    machine.attach(P1, 0);
    machine.receive(receiving("r"), 0);
    assertThat(machine.awaitsArrival()).isFalse();
    script.awaited(withId(id(1), "ask"));
    assertThat(received(machine)).isNull();
  }
}
