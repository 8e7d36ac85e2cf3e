package dev.aeon.sp;

import dev.aeon.sp.wire.ProtocolNumber;

/** The ends of the patterns, by name. */
public enum SpProtocol {
  PAIR(ProtocolNumber.PAIR0),
  PAIR1(ProtocolNumber.PAIR1),
  PUB(ProtocolNumber.PUB0),
  SUB(ProtocolNumber.SUB0),
  REQ(ProtocolNumber.REQ0),
  REP(ProtocolNumber.REP0),
  PUSH(ProtocolNumber.PUSH0),
  PULL(ProtocolNumber.PULL0),
  SURVEYOR(ProtocolNumber.SURVEYOR0),
  RESPONDENT(ProtocolNumber.RESPONDENT0),
  BUS(ProtocolNumber.BUS0);

  private final ProtocolNumber number;

  SpProtocol(ProtocolNumber number) {
    this.number = number;
  }

  /** The number in the greeting: pattern × 16 + role. */
  public int number() {
    return number.value();
  }

  /** The only end that this one talks with. */
  public SpProtocol peer() {
    return of(number.peer());
  }

  ProtocolNumber wire() {
    return number;
  }

  private static SpProtocol of(ProtocolNumber number) {
    for (SpProtocol each : values()) {
      if (each.number == number) {
        return each;
      }
    }
    throw new IllegalStateException("protocol has no name: number=" + number);
  }
}
