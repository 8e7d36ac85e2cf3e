package dev.aeon.sp.transport.ws;

import dev.aeon.sp.wire.ProtocolNumber;

/** What SP protocols are called in {@code Sec-WebSocket-Protocol}: always the listener's. */
final class SubprotocolNames {
  private static final String SUFFIX = ".sp.nanomsg.org";

  private SubprotocolNames() {}

  static String of(ProtocolNumber listener) {
    String name =
        switch (listener) {
          case PAIR0 -> "pair";
          case PAIR1 -> "pair1";
          case PUB0 -> "pub";
          case SUB0 -> "sub";
          case REQ0 -> "req";
          case REP0 -> "rep";
          case PUSH0 -> "push";
          case PULL0 -> "pull";
          case SURVEYOR0 -> "surveyor";
          case RESPONDENT0 -> "respondent";
          case BUS0 -> "bus";
        };
    return name + SUFFIX;
  }
}
