package dev.aeon.slabs.broker;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.ring.SpscConsumer;
import dev.aeon.slabs.ring.SpscProducer;
import dev.aeon.slabs.ring.SpscRing;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.Outbox;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A worker and what it has not answered. A worker answers in order, so that the oldest unanswered
 * request is what the next answer is for, and what is unanswered when a worker dies is what others
 * have to serve. For the broker's thread.
 *
 * <p>A request is copied once, into the worker's ring, and its space there is not written again
 * before its answer has come, whatever the worker has released. Beside it stands an entry in a ring
 * of the broker's own, with the frame's header, so that nothing the worker does to its ring changes
 * whose request it was or what may be answered; the whole frame where the transport does not keep
 * what was written.
 *
 * <pre>
 *    0               8            16         24         32              40         44    48
 *   +---------------+------------+----------+----------+---------------+----------+-----+-------
 *   | client's slot | gathering  | sent, ns | position | offset in the | byteSize |     | header
 *   |               |            |          | in ring  | ring's memory | of frame |     |
 *   +---------------+------------+----------+----------+---------------+----------+-----+-------
 * </pre>
 */
final class Shard extends Party {
  /** What stands for no gathering, and for a time that was not taken. */
  static final long NONE = 0;

  private static final long CLIENT_OFFSET = 0;
  private static final long GATHERING_OFFSET = CLIENT_OFFSET + Long.BYTES;
  private static final long SENT_OFFSET = GATHERING_OFFSET + Long.BYTES;
  private static final long POSITION_OFFSET = SENT_OFFSET + Long.BYTES;
  private static final long PLACE_OFFSET = POSITION_OFFSET + Long.BYTES;
  private static final long SIZE_OFFSET = PLACE_OFFSET + Long.BYTES;
  private static final int PREFIX_BYTES = (int) SIZE_OFFSET + Long.BYTES;

  /** What a ring adds to a record: its header, and rounding. */
  private static final int RECORD_OVERHEAD_BYTES = 16;

  private final int id;
  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final Counter answeredCount = new Counter();
  private final Counter highWaterByteSize = new Counter();
  private MemorySegment memory;
  private SpscProducer sent;
  private SpscConsumer unanswered;
  private boolean inPlace;
  private int rangeCount;
  private boolean leaving;
  private long recentHighWaterByteSize;
  private long lastAnswerNanos;

  Shard(int id, Connection connection, long nowNanos) {
    super(connection);
    this.id = id;
    this.inPlace = outbox.keepsRecords();
    this.lastAnswerNanos = nowNanos;
    SpscRing entries = allocateEntries();
    this.sent = entries.producer();
    this.unanswered = entries.consumer();
    this.memory = unanswered.segment();
  }

  /** Room for an entry of the smallest frame for each that the worker's ring holds, and more. */
  private SpscRing allocateEntries() {
    return SpscRing.create(device.allocate(SpscRing.slabByteSize(4 * outbox.capacity())));
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
    return unanswered.peek() != SpscConsumer.EMPTY;
  }

  /**
   * Writes a frame into the worker's ring, shown by {@link #publish}, and remembers it.
   *
   * @return false where one of the rings is full
   */
  boolean trySend(
      MemorySegment from, long byteOffset, int byteSize, long client, long gathering, long nanos) {
    int keptByteSize = inPlace ? Frame.HEADER_BYTES : byteSize;
    long entry = sparesUnanswered(byteSize) ? sent.claim(PREFIX_BYTES + keptByteSize) : Outbox.FULL;
    if (entry == SpscProducer.FULL) {
      stallCount.add(1);
      return false;
    }
    long position = inPlace ? outbox.position() : NONE;
    long to = claim(byteSize);
    if (to == Outbox.FULL) {
      sent.abort();
      stallCount.add(1);
      return false;
    }
    MemorySegment.copy(from, byteOffset, outbox.segment(), to, byteSize);
    stage(byteSize);
    setWord(entry + CLIENT_OFFSET, client);
    setWord(entry + GATHERING_OFFSET, gathering);
    setWord(entry + SENT_OFFSET, nanos);
    setWord(entry + POSITION_OFFSET, position);
    setWord(entry + PLACE_OFFSET, to);
    setWord(entry + SIZE_OFFSET, byteSize);
    MemorySegment.copy(from, byteOffset, memory, entry + PREFIX_BYTES, keptByteSize);
    sent.commit();
    return true;
  }

  /** Whether the ring would not come round to what is unanswered, padding at its end included. */
  private boolean sparesUnanswered(int byteSize) {
    return !inPlace
        || unansweredInPlaceByteSize() + 2L * (byteSize + RECORD_OVERHEAD_BYTES)
            <= outbox.capacity()
        || !hasUnanswered();
  }

  /** Bytes of the worker's ring from the oldest unanswered request on. */
  private long unansweredInPlaceByteSize() {
    return hasUnanswered() ? outbox.position() - word(unanswered.peek() + POSITION_OFFSET) : 0;
  }

  /** Whether a frame of this size can ever be sent. */
  boolean takes(int byteSize) {
    return byteSize <= outbox.maxByteSize();
  }

  private long fillByteSize() {
    return inPlace ? unansweredInPlaceByteSize() : outbox.fillByteSize();
  }

  /** Looks how full the worker's ring is. */
  void measure() {
    long fill = fillByteSize();
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
    return word(unanswered.peek() + CLIENT_OFFSET);
  }

  long unansweredGathering() {
    return word(unanswered.peek() + GATHERING_OFFSET);
  }

  long unansweredSentNanos() {
    return word(unanswered.peek() + SENT_OFFSET);
  }

  /**
   * The frame of the oldest unanswered request, in {@link #memory}: its header, and its body too
   * once the shard was disconnected.
   */
  long unansweredFrame() {
    return unanswered.peek() + PREFIX_BYTES;
  }

  int unansweredByteSize() {
    return (int) word(unanswered.peek() + SIZE_OFFSET);
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
        fillByteSize(),
        highWaterByteSize.get(),
        recordCount.get(),
        byteCount.get(),
        answeredCount.get(),
        stallCount.get());
  }

  /** Closes the connection; what is unanswered is copied here and stays until {@link #close}. */
  void disconnect() {
    if (inPlace) {
      rescue();
      inPlace = false;
    }
    connection.close();
  }

  private void rescue() {
    SpscRing whole = allocateEntries();
    SpscProducer rescued = whole.producer();
    for (long entry = unanswered.peek(); entry != SpscConsumer.EMPTY; entry = unanswered.peek()) {
      int byteSize = unansweredByteSize();
      long to = rescued.claim(PREFIX_BYTES + byteSize);
      int headed = PREFIX_BYTES + Frame.HEADER_BYTES;
      MemorySegment.copy(memory, entry, rescued.segment(), to, headed);
      long body = word(entry + PLACE_OFFSET) + Frame.HEADER_BYTES;
      int bodyByteSize = byteSize - Frame.HEADER_BYTES;
      MemorySegment.copy(outbox.segment(), body, rescued.segment(), to + headed, bodyByteSize);
      rescued.commit();
      unanswered.release();
    }
    sent = rescued;
    unanswered = whole.consumer();
    memory = unanswered.segment();
  }

  private void setWord(long byteOffset, long value) {
    memory.set(ValueLayout.JAVA_LONG, byteOffset, value);
  }

  private long word(long byteOffset) {
    return memory.get(ValueLayout.JAVA_LONG, byteOffset);
  }

  void close() {
    connection.close();
    device.close();
  }
}
