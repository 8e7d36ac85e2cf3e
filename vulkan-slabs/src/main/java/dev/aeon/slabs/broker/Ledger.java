package dev.aeon.slabs.broker;

import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.ring.SpscConsumer;
import dev.aeon.slabs.ring.SpscProducer;
import dev.aeon.slabs.ring.SpscRing;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What a worker was sent and has not answered, oldest first, in a ring of the broker's own: nothing
 * that the worker does to its ring changes whose request it was. As much of the request's frame
 * stands in its entry as is not kept elsewhere.
 *
 * <pre>
 *    0               8            16         24         32              40         44    48
 *   +---------------+------------+----------+----------+---------------+----------+-----+-------
 *   | client's slot | gathering  | sent, ns | position | offset in the | byteSize |     | frame,
 *   |               |            |          | in ring  | ring's memory | of frame |     | or part
 *   +---------------+------------+----------+----------+---------------+----------+-----+-------
 * </pre>
 *
 * For the broker's thread; the owner of the device closes it.
 */
final class Ledger {
  private static final long CLIENT_OFFSET = 0;
  private static final long GATHERING_OFFSET = CLIENT_OFFSET + Long.BYTES;
  private static final long SENT_OFFSET = GATHERING_OFFSET + Long.BYTES;
  private static final long POSITION_OFFSET = SENT_OFFSET + Long.BYTES;
  private static final long PLACE_OFFSET = POSITION_OFFSET + Long.BYTES;
  private static final long SIZE_OFFSET = PLACE_OFFSET + Long.BYTES;
  private static final int PREFIX_BYTES = (int) SIZE_OFFSET + Long.BYTES;

  private final SpscProducer writer;
  private final SpscConsumer reader;
  private final MemorySegment memory;
  private long claimed;

  Ledger(SlabDevice device, long capacity) {
    SpscRing entries = SpscRing.create(device.allocate(SpscRing.slabByteSize(capacity)));
    this.writer = entries.producer();
    this.reader = entries.consumer();
    this.memory = reader.segment();
  }

  /** Reserves an entry with room for so much of its frame; false where there is none for now. */
  boolean tryBegin(int keptByteSize) {
    claimed = writer.claim(PREFIX_BYTES + keptByteSize);
    return claimed != SpscProducer.FULL;
  }

  void setAsker(long client, long gathering, long sentNanos) {
    setWord(CLIENT_OFFSET, client);
    setWord(GATHERING_OFFSET, gathering);
    setWord(SENT_OFFSET, sentNanos);
  }

  void setPlace(long position, long byteOffset, int byteSize) {
    setWord(POSITION_OFFSET, position);
    setWord(PLACE_OFFSET, byteOffset);
    setWord(SIZE_OFFSET, byteSize);
  }

  /** Keeps part of the frame, from where it is kept so far on. */
  void keep(MemorySegment from, long byteOffset, int keptByteSize, int byteSize) {
    long to = claimed + PREFIX_BYTES + keptByteSize;
    MemorySegment.copy(from, byteOffset, memory, to, byteSize);
  }

  void commit() {
    writer.commit();
  }

  void abort() {
    writer.abort();
  }

  boolean isEmpty() {
    return reader.peek() == SpscConsumer.EMPTY;
  }

  /** The oldest entry is forgotten. */
  void release() {
    reader.peek();
    reader.release();
  }

  // What the oldest entry says; only while there is one.

  long client() {
    return word(CLIENT_OFFSET);
  }

  long gathering() {
    return word(GATHERING_OFFSET);
  }

  long sentNanos() {
    return word(SENT_OFFSET);
  }

  /** Where in the worker's ring the record begins, or before it. */
  long position() {
    return word(POSITION_OFFSET);
  }

  /** Where in the memory of the worker's ring the frame was written. */
  long place() {
    return word(PLACE_OFFSET);
  }

  int byteSize() {
    return (int) word(SIZE_OFFSET);
  }

  /** Where in {@link #memory} the frame stands, or what is kept of it. */
  long keptOffset() {
    return reader.peek() + PREFIX_BYTES;
  }

  MemorySegment memory() {
    return memory;
  }

  private void setWord(long byteOffset, long value) {
    memory.set(ValueLayout.JAVA_LONG, claimed + byteOffset, value);
  }

  private long word(long byteOffset) {
    return memory.get(ValueLayout.JAVA_LONG, reader.peek() + byteOffset);
  }
}
