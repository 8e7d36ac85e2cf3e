package dev.aeon.sp.wire;

/** The protocol numbers of the greeting: protocol × 16 + role (sp-wire A2). */
public enum ProtocolNumber {
  PAIR0(0x10),
  PAIR1(0x11),
  PUB0(0x20),
  SUB0(0x21),
  REQ0(0x30),
  REP0(0x31),
  PUSH0(0x50),
  PULL0(0x51),
  SURVEYOR0(0x62),
  RESPONDENT0(0x63),
  BUS0(0x70);

  private final int value;

  ProtocolNumber(int value) {
    this.value = value;
  }

  public int value() {
    return value;
  }

  /** The only protocol that this one talks with. */
  public ProtocolNumber peer() {
    return switch (this) {
      case PAIR0 -> PAIR0;
      case PAIR1 -> PAIR1;
      case PUB0 -> SUB0;
      case SUB0 -> PUB0;
      case REQ0 -> REP0;
      case REP0 -> REQ0;
      case PUSH0 -> PULL0;
      case PULL0 -> PUSH0;
      case SURVEYOR0 -> RESPONDENT0;
      case RESPONDENT0 -> SURVEYOR0;
      case BUS0 -> BUS0;
    };
  }
}
