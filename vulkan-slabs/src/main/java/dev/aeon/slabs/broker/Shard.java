package dev.aeon.slabs.broker;

import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.Outbox;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A worker and what it has not answered. A worker answers in order, so that the oldest unanswered
 * request is what the next answer is for, and what is unanswered when a worker dies is what others
 * have to serve. For the broker's thread.
 */
final class Shard extends Party {
  /** What stands for no gathering, and for a time that was not taken. */
  static final long NONE = 0;

  private final int id;
  private final Keeping keeping;
  private final Counter answeredCount = new Counter();
  private final Counter highWaterByteSize = new Counter();
  private int rangeCount;
  private boolean leaving;
  private long recentHighWaterByteSize;
  private long lastAnswerNanos;

  /**
   * @param replicas what a replica of the worker's ring comes from, or null for none
   */
  Shard(int id, Connection connection, @Nullable SlabDevice replicas, long nowNanos) {
    this(id, connection, Keeping.of(connection, replicas), nowNanos);
  }

  private Shard(int id, Connection connection, Keeping keeping, long nowNanos) {
    super(connection, keeping.outbox());
    this.id = id;
    this.keeping = keeping;
    this.lastAnswerNanos = nowNanos;
  }

  int id() {
    return id;
  }

  /** Bytes of the worker's ring. */
  long capacity() {
    return outbox.capacity();
  }

  int rangeCount() {
    return rangeCount;
  }

  void countRanges(int change) {
    rangeCount += change;
  }

  boolean isLeaving() {
    return leaving;
  }

  void leave() {
    leaving = true;
  }

  /** Grows with each request that is sent. */
  long sentCount() {
    return recordCount.get();
  }

  /** Grows with each answer; reaches {@link #sentCount} when nothing is unanswered. */
  long answeredCount() {
    return answeredCount.get();
  }

  boolean hasUnanswered() {
    return !keeping.ledger().isEmpty();
  }

  /**
   * Writes a frame into the worker's ring, shown by {@link #publish}, and remembers it.
   *
   * @return false where one of the rings is full
   */
  boolean trySend(
      MemorySegment from, long byteOffset, int byteSize, long client, long gathering, long nanos) {
    int keptByteSize = keeping.keptByteSize(byteSize);
    Ledger ledger = keeping.ledger();
    if (!keeping.hasRoom(byteSize) || !ledger.tryBegin(keptByteSize)) {
      stallCount.add(1);
      return false;
    }
    long position = outbox.keepsRecords() ? outbox.position() : NONE;
    long to = claim(byteSize);
    if (to == Outbox.FULL) {
      ledger.abort();
      stallCount.add(1);
      return false;
    }
    MemorySegment.copy(from, byteOffset, outbox.segment(), to, byteSize);
    stage(byteSize);
    ledger.setAsker(client, gathering, nanos);
    ledger.setPlace(position, to, byteSize);
    ledger.keep(from, byteOffset, 0, keptByteSize);
    ledger.commit();
    return true;
  }

  /** Whether a frame of this size can ever be sent. */
  boolean takes(int byteSize) {
    return byteSize <= outbox.maxByteSize();
  }

  /** Looks how full the worker's ring is. */
  void measure() {
    long fill = keeping.fillByteSize();
    recentHighWaterByteSize = Math.max(recentHighWaterByteSize, fill);
    highWaterByteSize.atLeast(fill);
  }

  /** The fullest it was since the last call, as a part of 1. */
  double takeRecentFill() {
    double fill = (double) recentHighWaterByteSize / outbox.capacity();
    recentHighWaterByteSize = 0;
    return fill;
  }

  // What the oldest unanswered request says; only while hasUnanswered().

  long unansweredClient() {
    return keeping.ledger().client();
  }

  long unansweredGathering() {
    return keeping.ledger().gathering();
  }

  long unansweredSentNanos() {
    return keeping.ledger().sentNanos();
  }

  /**
   * The frame of the oldest unanswered request, in {@link #memory}: its header, and its body too
   * once the shard was disconnected.
   */
  long unansweredFrame() {
    return keeping.frame();
  }

  int unansweredByteSize() {
    return keeping.ledger().byteSize();
  }

  long unansweredRequestId() {
    return keeping.requestId();
  }

  MemorySegment memory() {
    return keeping.memory();
  }

  /** The oldest unanswered request is unanswered no longer. */
  void forgetOldest(long nowNanos) {
    keeping.release();
    answeredCount.add(1);
    lastAnswerNanos = nowNanos;
  }

  /** How long the oldest request has waited since the one before it was answered, at most. */
  boolean isStuck(long nowNanos, long timeoutNanos) {
    if (!hasUnanswered()) {
      lastAnswerNanos = nowNanos;
      return false;
    }
    return nowNanos - lastAnswerNanos > timeoutNanos;
  }

  ShardStatistics statistics() {
    return new ShardStatistics(
        id,
        connection.peer(),
        rangeCount,
        outbox.capacity(),
        keeping.fillByteSize(),
        highWaterByteSize.get(),
        recordCount.get(),
        byteCount.get(),
        answeredCount.get(),
        stallCount.get());
  }

  /** Closes the connection; what is unanswered is copied here and stays until {@link #close}. */
  void disconnect() {
    keeping.disconnect();
    connection.close();
  }

  void close() {
    connection.close();
    keeping.close();
  }
}
