package dev.aeon.sp;

import dev.aeon.sp.protocol.Surveyor0Machine;
import java.time.Duration;

/** One survey at a time, and its responses, on a {@link SurveyorSocket}. */
public final class SurveyorContext extends SpContext implements Sender, Receiver {
  private final Duration surveyTime;

  SurveyorContext(SurveyorSocket socket) {
    super(socket);
    this.surveyTime = socket.get(SpOptions.SURVEY_TIME);
  }

  @Override
  void addOptions(OptionTable table) {
    addSendOptions(table);
    addReceiveOptions(table);
    Surveyor0Machine.Context machine = context.machine(Surveyor0Machine.Context.class);
    table.add(
        SpOptions.SURVEY_TIME,
        surveyTime,
        value -> machine.setSurveyNanos(Durations.toNanos(value)));
  }
}
