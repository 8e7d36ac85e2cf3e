package dev.aeon.sp.protocol;

import static dev.aeon.sp.protocol.Script.P1;
import static dev.aeon.sp.protocol.Script.P2;
import static dev.aeon.sp.protocol.Script.packet;
import static dev.aeon.sp.protocol.Script.receiving;
import static dev.aeon.sp.protocol.Script.sending;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Rep0MachineTest {
  private static final int ID = 0x8000_0042;

  private final Script script = new Script();
  private final Rep0Machine machine = new Rep0Machine(script, 8);

  @BeforeEach
  void attach() {
    machine.attach(P1, 0);
    machine.attach(P2, 0);
    script.said();
  }

  private static byte[] request(String body, int... words) {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * 4 + body.length());
    for (int word : words) {
      bytes.putInt(word);
    }
    return bytes.put(body.getBytes(StandardCharsets.UTF_8)).array();
  }

  @Test
  void reply_carriesTheBacktraceBack() {
    machine.received(P1, packet(request("ask", 1, 2, ID)), 0);
    machine.receive(receiving("r"), 0);
    machine.send(sending("answer"), 0);
    assertThat(script.said()).containsExactly("r=ask", "transmit p1 answer", "answer done");
    assertThat(script.lastOn(P1)).isEqualTo(request("answer", 1, 2, ID));
  }

  @Test
  void request_readsNextOnlyWhenTaken() {
    script.saidAll();
    machine.received(P1, packet(request("ask", ID)), 0);
    assertThat(script.saidAll()).isEmpty();
    machine.receive(receiving("r"), 0);
    assertThat(script.saidAll()).containsExactly("r=ask", "next p1");
  }

  @Test
  void backtrace_eightWords_passes() {
    machine.received(P1, packet(request("ask", 1, 2, 3, 4, 5, 6, 7, ID)), 0);
    machine.receive(receiving("r"), 0);
    assertThat(script.said()).containsExactly("r=ask");
  }

  @Test
  void backtrace_nineWords_isDroppedAndPipeKept() {
    script.saidAll();
    machine.received(P1, packet(request("ask", 1, 2, 3, 4, 5, 6, 7, 8, ID)), 0);
    assertThat(script.saidAll()).containsExactly("dropped", "next p1");
  }

  @Test
  void backtrace_withoutId_closesPipe() {
    for (int byteSize = 0; byteSize < 8; byteSize++) {
      machine.received(P1, packet(new byte[byteSize]), 0);
      assertThat(script.said()).containsExactly("close p1 MALFORMED_HEADER");
    }
  }

  @Test
  void send_withoutRequest_isRefused() {
    machine.send(sending("answer"), 0);
    machine.received(P1, packet(request("ask", ID)), 0);
    machine.receive(receiving("r"), 0);
    machine.send(sending("one"), 0);
    machine.send(sending("two"), 0);
    assertThat(script.said())
        .containsExactly(
            "answer WRONG_STATE", "r=ask", "transmit p1 one", "one done", "two WRONG_STATE");
  }

  @Test
  void receive_again_forgetsRequestBefore() {
    machine.received(P1, packet(request("a", ID)), 0);
    machine.received(P2, packet(request("b", ID)), 0);
    machine.receive(receiving("r1"), 0);
    machine.receive(receiving("r2"), 0);
    machine.send(sending("answer"), 0);
    assertThat(script.said()).containsExactly("r1=a", "r2=b", "transmit p2 answer", "answer done");
  }

  @Test
  void receive_whileAnotherWaits_isRefused() {
    machine.receive(receiving("r1"), 0);
    machine.receive(receiving("r2"), 0);
    assertThat(script.said()).containsExactly("r2 WRONG_STATE");
  }

  @Test
  void reply_toVanishedPipe_succeedsAndIsDropped() {
    machine.received(P1, packet(request("ask", ID)), 0);
    machine.receive(receiving("r"), 0);
    machine.detach(P1, 0);
    script.said();
    machine.send(sending("answer"), 0);
    assertThat(script.said()).containsExactly("dropped", "answer done");
  }

  @Test
  void reply_busyPipe_waitsForIt() {
    for (String name : new String[] {"one", "two"}) {
      machine.received(P1, packet(request(name, ID)), 0);
      machine.receive(receiving("r"), 0);
      machine.send(sending(name), 0);
    }
    assertThat(script.said()).containsExactly("r=one", "transmit p1 one", "one done", "r=two");
    machine.transmitted(P1, 0);
    assertThat(script.said()).containsExactly("transmit p1 two", "two done");
  }

  @Test
  void halfClosedRequester_stillGetsItsReply() {
    machine.received(P1, packet(request("ask", ID)), 0);
    machine.receive(receiving("r"), 0);
    machine.inputEnded(P1);
    machine.send(sending("answer"), 0);
    assertThat(script.said()).containsExactly("r=ask", "transmit p1 answer", "answer done");
    machine.transmitted(P1, 0);
    assertThat(script.said()).containsExactly("close p1 ENDED");
  }

  @Test
  void halfClosedPeer_nothingOwed_isClosed() {
    machine.inputEnded(P1);
    assertThat(script.said()).containsExactly("close p1 ENDED");
  }

  @Test
  void close_failsWaiting() {
    machine.receive(receiving("r"), 0);
    machine.close();
    assertThat(script.said()).containsExactly("r CLOSED");
  }
}
