package dev.aeon.slabs.broker;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.ring.RingCorruptedException;
import dev.aeon.slabs.ring.SpscConsumer;
import dev.aeon.slabs.ring.SpscProducer;
import dev.aeon.slabs.ring.SpscRing;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.Inbox;
import dev.aeon.slabs.transport.Outbox;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A worker and what it has not answered. Every request that goes into the worker's ring goes into a
 * ring of the broker's own as well, and stays there until its answer has come: a worker answers in
 * order, so that the oldest there is what the next answer is for, and what is there when a worker
 * dies is what others have to serve. For the broker's thread.
 *
 * <pre>
 *    0               8            16           24
 *   +---------------+------------+------------+-------
 *   | client's slot | gathering  | sent, ns   | frame
 *   +---------------+------------+------------+-------
 * </pre>
 */
final class Shard {
  /** What stands for no gathering, and for a time that was not taken. */
  static final long NONE = 0;

  private static final long CLIENT_OFFSET = 0;
  private static final long GATHERING_OFFSET = CLIENT_OFFSET + Long.BYTES;
  private static final long SENT_OFFSET = GATHERING_OFFSET + Long.BYTES;
  private static final int PREFIX_BYTES = (int) SENT_OFFSET + Long.BYTES;

  private final int id;
  private final Connection connection;
  private final Outbox outbox;
  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final MemorySegment memory;
  private final SpscProducer sent;
  private final SpscConsumer unanswered;
  private final Counter recordCount = new Counter();
  private final Counter byteCount = new Counter();
  private final Counter answeredCount = new Counter();
  private final Counter stallCount = new Counter();
  private final Counter highWaterByteSize = new Counter();
  private int rangeCount;
  private boolean leaving;
  private boolean staged;
  private boolean broken;
  private long recentHighWaterByteSize;
  private long lastAnswerNanos;

  Shard(int id, Connection connection, long nowNanos) {
    this.id = id;
    this.connection = connection;
    this.outbox = connection.outbox();
    this.lastAnswerNanos = nowNanos;
    // A worker may have taken a ring's worth of requests and not answered them yet.
    Slab slab = device.allocate(SpscRing.slabByteSize(4 * outbox.capacity()));
    SpscRing ring = SpscRing.create(slab);
    this.memory = slab.segment();
    this.sent = ring.producer();
    this.unanswered = ring.consumer();
  }

  int id() {
    return id;
  }

  Connection connection() {
    return connection;
  }

  /** Bytes of the worker's ring. */
  long capacity() {
    return outbox.capacity();
  }

  Inbox inbox() {
    return connection.inbox();
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
  long sentPosition() {
    return sent.position();
  }

  /** Grows with each answer; reaches {@link #sentPosition} when nothing is unanswered. */
  long answeredPosition() {
    return unanswered.position();
  }

  boolean hasUnanswered() {
    return unanswered.peek() != SpscConsumer.EMPTY;
  }

  /**
   * Writes a frame into the worker's ring, shown by {@link #publish}, and keeps it.
   *
   * @return false where one of the rings is full
   */
  boolean trySend(
      MemorySegment from, long byteOffset, int byteSize, long client, long gathering, long nanos) {
    long kept = sent.claim(PREFIX_BYTES + byteSize);
    if (kept == SpscProducer.FULL) {
      stallCount.add(1);
      return false;
    }
    long to = claim(byteSize);
    if (to == Outbox.FULL) {
      sent.abort();
      stallCount.add(1);
      return false;
    }
    MemorySegment.copy(from, byteOffset, outbox.segment(), to, byteSize);
    outbox.stage();
    staged = true;
    keep(from, byteOffset, byteSize, kept, client, gathering, nanos);
    recordCount.add(1);
    byteCount.add(byteSize);
    return true;
  }

  /** What a worker has done to its own ring is no client's fault. */
  private long claim(int byteSize) {
    try {
      return outbox.claim(byteSize);
    } catch (RingCorruptedException hostile) {
      broken = true;
      return Outbox.FULL;
    }
  }

  /** Whether the worker's ring holds what no reader writes: it counts as dead. */
  boolean isBroken() {
    return broken;
  }

  private void keep(
      MemorySegment from,
      long byteOffset,
      int byteSize,
      long kept,
      long client,
      long gathering,
      long nanos) {
    memory.set(ValueLayout.JAVA_LONG, kept + CLIENT_OFFSET, client);
    memory.set(ValueLayout.JAVA_LONG, kept + GATHERING_OFFSET, gathering);
    memory.set(ValueLayout.JAVA_LONG, kept + SENT_OFFSET, nanos);
    MemorySegment.copy(from, byteOffset, memory, kept + PREFIX_BYTES, byteSize);
    sent.commit();
  }

  /** Whether a frame of this size can ever be sent. */
  boolean takes(int byteSize) {
    return byteSize <= outbox.maxByteSize();
  }

  /** Shows the worker what was sent since; whether there was anything. */
  boolean publish() {
    if (!staged) {
      return false;
    }
    staged = false;
    outbox.publish();
    return true;
  }

  /** Looks how full the worker's ring is. */
  void measure() {
    long fill = outbox.fillByteSize();
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
    return memory.get(ValueLayout.JAVA_LONG, unanswered.peek() + CLIENT_OFFSET);
  }

  long unansweredGathering() {
    return memory.get(ValueLayout.JAVA_LONG, unanswered.peek() + GATHERING_OFFSET);
  }

  long unansweredSentNanos() {
    return memory.get(ValueLayout.JAVA_LONG, unanswered.peek() + SENT_OFFSET);
  }

  /** The frame of the oldest unanswered request, in {@link #memory}. */
  long unansweredFrame() {
    return unanswered.peek() + PREFIX_BYTES;
  }

  int unansweredByteSize() {
    return unanswered.peekedByteSize() - PREFIX_BYTES;
  }

  long unansweredRequestId() {
    return Frame.requestId(memory, unansweredFrame());
  }

  MemorySegment memory() {
    return memory;
  }

  /** The oldest unanswered request is unanswered no longer. */
  void forgetOldest(long nowNanos) {
    unanswered.release();
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
        outbox.fillByteSize(),
        highWaterByteSize.get(),
        recordCount.get(),
        byteCount.get(),
        answeredCount.get(),
        stallCount.get());
  }

  /** Closes the connection; what is unanswered stays until {@link #close}. */
  void disconnect() {
    connection.close();
  }

  void close() {
    connection.close();
    device.close();
  }
}
