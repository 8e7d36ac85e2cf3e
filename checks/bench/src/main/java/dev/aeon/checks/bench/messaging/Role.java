package dev.aeon.checks.bench.messaging;

/** One side of a pattern, with its names in the peers. */
enum Role {
  REQ("nng_req0_open", 0x30),
  REP("nng_rep0_open", 0x31),
  PUSH("nng_push0_open", 0x50),
  PULL("nng_pull0_open", 0x51);

  final String nngOpen;
  final int nanomsgProtocol;

  Role(String nngOpen, int nanomsgProtocol) {
    this.nngOpen = nngOpen;
    this.nanomsgProtocol = nanomsgProtocol;
  }
}
