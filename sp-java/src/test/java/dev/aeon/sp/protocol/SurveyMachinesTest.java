package dev.aeon.sp.protocol;

import static dev.aeon.sp.protocol.Script.P1;
import static dev.aeon.sp.protocol.Script.P2;
import static dev.aeon.sp.protocol.Script.packet;
import static dev.aeon.sp.protocol.Script.receiving;
import static dev.aeon.sp.protocol.Script.sending;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.wire.Packet;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SurveyMachinesTest {
  private static final long SURVEY = 100;

  private final Script script = new Script();
  private final Surveyor0Machine surveyor = new Surveyor0Machine(script, 7, SURVEY, 1, 2);

  /** A response to the survey last seen on {@code pipe}. */
  private Packet response(PipeHandle pipe, String body) {
    byte[] id = Arrays.copyOf(script.lastOn(pipe), 4);
    Packet packet = packet(body);
    packet.prependWord(ByteBuffer.wrap(id).getInt());
    packet.becomeReceived();
    return packet;
  }

  @Test
  void survey_goesToEveryPipeAndMayGoToNone() {
    surveyor.send(sending("lonely"), 0);
    surveyor.attach(P1, 0);
    surveyor.attach(P2, 0);
    surveyor.send(sending("who"), 0);
    assertThat(script.said())
        .containsExactlyInAnyOrder(
            "lonely done",
            "wake 100",
            "transmit p1 who",
            "transmit p2 who",
            "who done",
            "wake 100");
  }

  @Test
  void responses_ofAllPeersAndSeveralOfOne_areTaken() {
    surveyor.attach(P1, 0);
    surveyor.attach(P2, 0);
    surveyor.send(sending("who"), 0);
    script.said();
    surveyor.receive(receiving("r"), 1);
    surveyor.received(P1, response(P1, "one"), 2);
    surveyor.received(P1, response(P1, "one more"), 2);
    surveyor.received(P2, response(P2, "two"), 2);
    surveyor.receive(receiving("s"), 3);
    surveyor.receive(receiving("t"), 3);
    assertThat(script.said()).containsExactly("r=one", "s=one more", "t=two");
  }

  @Test
  void deadline_whoWaitsTimesOutAndWhoAsksLaterIsWrong() {
    surveyor.attach(P1, 0);
    surveyor.send(sending("who"), 0);
    surveyor.receive(receiving("r"), 1);
    script.said();
    surveyor.expire(100);
    surveyor.receive(receiving("late"), 101);
    surveyor.received(P1, response(P1, "late"), 102);
    assertThat(script.said()).containsExactly("r TIMED_OUT", "late WRONG_STATE", "dropped");
  }

  @Test
  void receive_withoutSurvey_isWrong() {
    surveyor.receive(receiving("r"), 0);
    assertThat(script.said()).containsExactly("r WRONG_STATE");
  }

  @Test
  void survey_again_endsTheOneBefore() {
    surveyor.attach(P1, 0);
    surveyor.send(sending("first"), 0);
    surveyor.receive(receiving("r"), 1);
    Packet late = response(P1, "late");
    surveyor.transmitted(P1, 1);
    script.said();
    surveyor.send(sending("second"), 2);
    surveyor.received(P1, late, 3);
    assertThat(script.said())
        .containsExactly("r CANCELLED", "transmit p1 second", "second done", "wake 102", "dropped");
  }

  @Test
  void responses_beyondTheQueue_areDropped() {
    surveyor.attach(P1, 0);
    surveyor.send(sending("who"), 0);
    script.said();
    surveyor.received(P1, response(P1, "1"), 1);
    surveyor.received(P1, response(P1, "2"), 1);
    surveyor.received(P1, response(P1, "3"), 1);
    assertThat(script.said()).containsExactly("dropped");
  }

  @Test
  void contexts_surveysRunBesideEachOther() {
    MachineContext other = surveyor.openContext();
    surveyor.attach(P1, 0);
    surveyor.send(sending("mine"), 0);
    Packet toMine = response(P1, "to mine");
    surveyor.transmitted(P1, 0);
    other.send(sending("other"), 50);
    Packet toOther = response(P1, "to other");
    surveyor.receive(receiving("r"), 50);
    other.receive(receiving("s"), 50);
    script.said();
    surveyor.received(P1, toOther, 60);
    surveyor.received(P1, toMine, 60);
    assertThat(script.said()).containsExactly("s=to other", "r=to mine");
    surveyor.receive(receiving("r2"), 70);
    other.receive(receiving("s2"), 70);
    surveyor.expire(100);
    assertThat(script.said()).containsExactly("r2 TIMED_OUT", "wake 150");
    surveyor.expire(150);
    assertThat(script.said()).containsExactly("s2 TIMED_OUT");
  }

  @Test
  void respondent_answersOnceAlongTheWayTheSurveyCame() {
    Respondent0Machine respondent = new Respondent0Machine(script, 8);
    respondent.attach(P1, 0);
    respondent.receive(receiving("r"), 0);
    Packet survey = packet("who");
    survey.prependWord(0x8000_0042);
    survey.prependWord(7);
    survey.becomeReceived();
    respondent.received(P1, survey, 0);
    respondent.send(sending("me"), 0);
    respondent.send(sending("me again"), 0);
    assertThat(script.said())
        .containsExactly("r=who", "transmit p1 me", "me done", "me again WRONG_STATE");
    assertThat(script.lastOn(P1)).startsWith(0, 0, 0, 7, 0x80, 0, 0, 0x42);
  }
}
