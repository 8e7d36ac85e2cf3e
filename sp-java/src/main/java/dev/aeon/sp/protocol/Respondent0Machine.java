package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.ProtocolNumber;

/** RESPONDENT: answers surveys, or does not; each at most once. */
public final class Respondent0Machine extends AnswerMachine {
  public Respondent0Machine(Effects effects, int maxHopCount) {
    super(effects, maxHopCount);
  }

  @Override
  public ProtocolNumber number() {
    return ProtocolNumber.RESPONDENT0;
  }
}
