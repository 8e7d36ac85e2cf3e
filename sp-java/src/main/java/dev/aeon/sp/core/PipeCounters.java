package dev.aeon.sp.core;

/** What is counted of one pipe. Confined to its socket's strand. */
public final class PipeCounters {
  long sent;
  long sentBytes;
  long received;
  long receivedBytes;
  long dropped;
  long blocked;
  long queued;
  boolean aboveHighWater;

  PipeCounters() {}

  /** Messages given to the connection. */
  public long sent() {
    return sent;
  }

  /** Their bytes, headers included. */
  public long sentBytes() {
    return sentBytes;
  }

  /** Messages that came from the connection. */
  public long received() {
    return received;
  }

  /** Their bytes, headers included. */
  public long receivedBytes() {
    return receivedBytes;
  }

  /** Messages for or from this pipe that a rule of the pattern threw away. */
  public long dropped() {
    return dropped;
  }

  /** How often a message had to wait for the connection to take it. */
  public long blocked() {
    return blocked;
  }

  /** Messages that wait for this pipe now. */
  public long queued() {
    return queued;
  }
}
