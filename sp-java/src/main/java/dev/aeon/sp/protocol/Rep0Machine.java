package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.ProtocolNumber;

/** REP: answers each request once; a request that came over too many hops is dropped. */
public final class Rep0Machine extends AnswerMachine {
  public Rep0Machine(Effects effects, int maxHopCount) {
    super(effects, maxHopCount);
  }

  @Override
  public ProtocolNumber number() {
    return ProtocolNumber.REP0;
  }
}
