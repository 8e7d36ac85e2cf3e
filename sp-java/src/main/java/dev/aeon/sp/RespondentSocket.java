package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Respondent0Machine;

/**
 * RESPONDENT: receives a survey, then may send one response. A receive forgets the survey before; a
 * response without a survey is an {@link SpStateException}.
 */
public final class RespondentSocket extends SpSocket implements Sender, Receiver {
  private RespondentSocket(SocketCore core) {
    super(core);
    addSendOptions();
    addReceiveOptions();
    option(SpOptions.MAX_HOPS, core.machine(Respondent0Machine.class)::setMaxHopCount);
  }

  public static RespondentSocket open() {
    return new RespondentSocket(
        new SocketCore(
            effects -> new Respondent0Machine(effects, SpOptions.MAX_HOPS.defaultValue())));
  }

  /** Opens one more conversation: a survey and its response at a time. */
  public RespondentContext openContext() {
    return new RespondentContext(this);
  }
}
