package dev.aeon.sp.transport.datagram;

import dev.aeon.sp.transport.CloseReason;

/** A packet that came whole breaks a rule; its session ends. */
final class ProtocolViolation extends Exception {
  private static final long serialVersionUID = 1L;

  private final CloseReason reason;

  ProtocolViolation(CloseReason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  static ProtocolViolation malformed(String message) {
    return new ProtocolViolation(CloseReason.MALFORMED_FRAME, message);
  }

  CloseReason reason() {
    return reason;
  }
}
