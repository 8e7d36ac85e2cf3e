package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Surveyor0Machine;
import java.util.concurrent.ThreadLocalRandom;

/**
 * SURVEYOR: asks all who are connected, then receives their responses until {@link
 * SpOptions#SURVEY_TIME} has passed: who waits then gets {@link SpTimeoutException}, who asks later
 * {@link SpStateException}. A new survey ends the one before.
 */
public final class SurveyorSocket extends SpSocket implements Sender, Receiver {
  private static final int SEND_QUEUE_COUNT = 8;

  private SurveyorSocket(SocketCore core) {
    super(core);
    addSendOptions();
    addReceiveOptions();
    Surveyor0Machine machine = core.machine(Surveyor0Machine.class);
    option(SpOptions.SURVEY_TIME, value -> machine.setSurveyNanos(nanos(value)));
    option(SpOptions.SEND_QUEUE, SEND_QUEUE_COUNT, machine::setSendQueueCount);
    option(SpOptions.RECEIVE_QUEUE, machine::setReceiveQueueCount);
  }

  public static SurveyorSocket open() {
    return new SurveyorSocket(
        new SocketCore(effects ->
            new Surveyor0Machine(
                effects,
                ThreadLocalRandom.current().nextInt(),
                nanos(SpOptions.SURVEY_TIME.defaultValue()),
                SEND_QUEUE_COUNT,
                SpOptions.RECEIVE_QUEUE.defaultValue())));
  }

  /** Opens one more conversation: a survey and its responses at a time. */
  public SurveyorContext openContext() {
    return new SurveyorContext(this);
  }
}
