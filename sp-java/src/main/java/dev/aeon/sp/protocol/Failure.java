package dev.aeon.sp.protocol;

/** Why an operation ended without its result. */
public enum Failure {
  CLOSED,
  TIMED_OUT,
  /** Given up for a newer one. */
  CANCELLED,
  /** Given up by the application. */
  WITHDRAWN,
  INTERRUPTED,
  /** Not allowed now, such as a reply without a request. */
  WRONG_STATE,
  /** The peer that held the request is gone, and resending is off. */
  CONNECTION_LOST,
  /** Nobody is connected, and the socket was told not to wait for a peer. */
  NO_PEER
}
