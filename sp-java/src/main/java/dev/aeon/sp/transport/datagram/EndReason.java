package dev.aeon.sp.transport.datagram;

import dev.aeon.sp.transport.CloseReason;

/** What DISCONNECT and RESET say. */
enum EndReason {
  /** By the application. */
  CLOSED(0, CloseReason.PEER_CLOSED),
  /** The receiver broke a rule. */
  VIOLATION(1, CloseReason.PEER_CLOSED),
  /** SP protocols do not match. */
  WRONG_PROTOCOL(2, CloseReason.WRONG_PROTOCOL),
  /** No such session. */
  UNKNOWN_SESSION(3, CloseReason.PEER_CLOSED);

  static final int BYTE_SIZE = 1;

  private final int number;
  private final CloseReason closeReason;

  EndReason(int number, CloseReason closeReason) {
    this.number = number;
    this.closeReason = closeReason;
  }

  /** On the wire. */
  byte number() {
    return (byte) number;
  }

  /** Why the receiver's pipe closes. */
  CloseReason closeReason() {
    return closeReason;
  }

  /** Of a number that a peer sent; those of later versions count as {@link #CLOSED}. */
  static EndReason of(int number) {
    for (EndReason each : values()) {
      if (each.number == number) {
        return each;
      }
    }
    return CLOSED;
  }
}
