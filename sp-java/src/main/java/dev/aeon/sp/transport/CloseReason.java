package dev.aeon.sp.transport;

/** Why a pipe closed; statistics count by it. */
public enum CloseReason {
  /** By the application. */
  LOCAL(false),
  /** The peer hung up. */
  PEER_CLOSED(false),
  CONNECT_FAILED(false),
  /** One peer more than the pattern or the application wants. */
  REFUSED(false),
  /** The system reported an error on the connection. */
  IO_ERROR(false),
  /** No greeting within the limit. */
  HANDSHAKE_TIMEOUT(true),
  MALFORMED_GREETING(true),
  /** TLS could not agree, or a certificate was refused. */
  TLS_FAILED(true),
  /** The peer speaks a protocol that is not this one's counterpart. */
  WRONG_PROTOCOL(true),
  MALFORMED_FRAME(true),
  /** A length above the receive limit. */
  TOO_LARGE(true),
  /** A message too short for its protocol header. */
  MALFORMED_HEADER(true),
  /** A message from a peer whose role has none to send. */
  UNEXPECTED_MESSAGE(true),
  /** A message begun made no progress within the limit. */
  STALLED(true);

  private final boolean peerFault;

  CloseReason(boolean peerFault) {
    this.peerFault = peerFault;
  }

  /** Whether the peer broke a rule. */
  public boolean isPeerFault() {
    return peerFault;
  }
}
