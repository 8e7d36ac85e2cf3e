package dev.aeon.sp.wire;

/** What was wrong with bytes that a peer sent; pipes closed for it are counted under its name. */
public enum Malformed {
  /** The eight bytes of the greeting do not have their fixed values. */
  GREETING,
  /** An ipc frame of a type other than 1. */
  FRAME_TYPE,
  /** A length above the receive limit. */
  TOO_LARGE,
  /** A message too short for the header that its protocol needs. */
  HEADER,
  /** Shared memory that is no ring, or positions in it that cannot be. */
  SHARED_RING
}
