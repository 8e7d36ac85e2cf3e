package dev.aeon.checks.interop;

import dev.aeon.sp.SpProtocol;

/** The ends of the patterns, with the number libnanomsg opens them by and the name libnng does. */
enum Pattern {
  PAIR(SpProtocol.PAIR, 16, "pair0"),
  PAIR1(SpProtocol.PAIR1, Pattern.UNKNOWN, "pair1"),
  PUB(SpProtocol.PUB, 32, "pub0"),
  SUB(SpProtocol.SUB, 33, "sub0"),
  REQ(SpProtocol.REQ, 48, "req0"),
  REP(SpProtocol.REP, 49, "rep0"),
  PUSH(SpProtocol.PUSH, 80, "push0"),
  PULL(SpProtocol.PULL, 81, "pull0"),
  SURVEYOR(SpProtocol.SURVEYOR, 98, "surveyor0"),
  RESPONDENT(SpProtocol.RESPONDENT, 99, "respondent0"),
  BUS(SpProtocol.BUS, 112, "bus0");

  private static final int UNKNOWN = -1;

  final SpProtocol protocol;
  final int nanomsgProtocol;
  final String nngName;

  Pattern(SpProtocol protocol, int nanomsgProtocol, String nngName) {
    this.protocol = protocol;
    this.nanomsgProtocol = nanomsgProtocol;
    this.nngName = nngName;
  }

  boolean isKnownToNanomsg() {
    return nanomsgProtocol != UNKNOWN;
  }

  Pattern counterpart() {
    for (Pattern each : values()) {
      if (each.protocol == protocol.peer()) {
        return each;
      }
    }
    throw new IllegalStateException("protocol has no counterpart here: protocol=" + protocol);
  }
}
