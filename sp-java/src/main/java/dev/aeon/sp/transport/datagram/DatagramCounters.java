package dev.aeon.sp.transport.datagram;

/** What an endpoint did not take; confined to its strand. */
public final class DatagramCounters {
  long malformed;
  long unknownSession;
  long duplicate;
  long looseDropped;

  DatagramCounters() {}

  /** Packets that were cut off, changed on the way, or not of this protocol. */
  public long malformed() {
    return malformed;
  }

  /** Packets of sessions that are not, or not any more. */
  public long unknownSession() {
    return unknownSession;
  }

  /** Packets that came twice or too late. */
  public long duplicate() {
    return duplicate;
  }

  /** Messages of the unreliable mode that were too large to send or had no room on arrival. */
  public long looseDropped() {
    return looseDropped;
  }
}
