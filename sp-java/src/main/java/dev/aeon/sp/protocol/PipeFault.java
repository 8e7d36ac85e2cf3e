package dev.aeon.sp.protocol;

/** Why a machine closes a pipe. */
public enum PipeFault {
  /** A message too short for its protocol header. */
  MALFORMED_HEADER,
  /** A message from a peer whose role has none to send. */
  UNEXPECTED_MESSAGE,
  /** One more peer than the pattern has room for. */
  REFUSED,
  /** The peer ended its side and nothing is owed to it. */
  ENDED
}
