package dev.aeon.slabs.transport;

/**
 * One end of a conversation. Outbox and inbox are for one thread each at a time; the rest is
 * thread-safe.
 */
public interface Connection extends AutoCloseable {
  Outbox outbox();

  Inbox inbox();

  /** Whether both ends are there: false once either has closed or its process has gone. */
  boolean isOpen();

  /** Whether this end is the one that connected, rather than the one that was bound. */
  boolean isConnector();

  /** Who the other end is, for people. */
  String peer();

  /**
   * Has the thread that waits at {@code waits} look again at whatever comes for this end: a record,
   * room for one that found none, the end. Until this end is closed; for several threads where one
   * reads and another writes.
   */
  void wakes(WaitSet waits);

  /**
   * Ends it for both sides. What was published before can still be read by the other end. The
   * caller sees to it that no thread is using outbox or inbox, nor does so later. Idempotent.
   */
  @Override
  void close();
}
