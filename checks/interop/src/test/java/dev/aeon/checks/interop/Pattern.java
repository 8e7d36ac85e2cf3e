package dev.aeon.checks.interop;

/** The protocols, with the number that libnanomsg opens them by and the name libnng does. */
enum Pattern {
  REQ(48, "nng_req0_open"),
  REP(49, "nng_rep0_open"),
  PUSH(80, "nng_push0_open"),
  PULL(81, "nng_pull0_open"),
  PUB(32, "nng_pub0_open"),
  SUB(33, "nng_sub0_open");

  final int nanomsgProtocol;
  final String nngOpen;

  Pattern(int nanomsgProtocol, String nngOpen) {
    this.nanomsgProtocol = nanomsgProtocol;
    this.nngOpen = nngOpen;
  }

  Pattern counterpart() {
    return switch (this) {
      case REQ -> REP;
      case REP -> REQ;
      case PUSH -> PULL;
      case PULL -> PUSH;
      case PUB -> SUB;
      case SUB -> PUB;
    };
  }
}
