package dev.aeon.checks.bench.messaging;

/** One side of a pattern, with its names in the peers. */
public enum Role {
  REQ("nng_req0_open", 0x30, 3),
  REP("nng_rep0_open", 0x31, 4),
  PUSH("nng_push0_open", 0x50, 8),
  PULL("nng_pull0_open", 0x51, 7),
  PAIR("nng_pair0_open", 0x10, 0),
  PUB("nng_pub0_open", 0x20, 1),
  SUB("nng_sub0_open", 0x21, 2);

  final String nngOpen;
  final int nanomsgProtocol;

  /** Of libzmq and JeroMQ alike. */
  final int zmqType;

  Role(String nngOpen, int nanomsgProtocol, int zmqType) {
    this.nngOpen = nngOpen;
    this.nanomsgProtocol = nanomsgProtocol;
    this.zmqType = zmqType;
  }
}
