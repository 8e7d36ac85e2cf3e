package dev.aeon.sp.transport.shm;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.posix.SharedMemory;
import dev.aeon.sp.transport.RemoteCopy;
import dev.aeon.sp.wire.MalformedException;
import java.lang.foreign.MemorySegment;

/**
 * The writing side of a ring, which made the region. Confined to its strand, but for {@link
 * #hasRoom}.
 */
public final class OutgoingRing implements AutoCloseable {
  private final SharedMemory memory;
  private final MemorySegment region;
  private final long capacity;
  private final OutgoingBlocks blocks;
  private final SleepFlag writerSleeps;
  private long tail;
  private long knownHead;

  private OutgoingRing(SharedMemory memory, RingLayout layout) {
    this.memory = memory;
    this.region = memory.segment();
    this.capacity = layout.capacity();
    this.blocks = new OutgoingBlocks(region, layout);
    this.writerSleeps = new SleepFlag(region, RingLayout.WRITER_SLEEPS_AT);
  }

  /**
   * Makes a region, which the caller closes.
   *
   * @param name shown in {@code /proc}
   * @param leastCapacity bytes under way at the most, rounded up to a power of two and to 4 KiB
   * @throws dev.aeon.bindings.NativeCallException if the system has no memory or descriptor for it
   */
  public static OutgoingRing create(String name, long leastCapacity) {
    RingLayout layout = RingLayout.of(leastCapacity);
    SharedMemory memory = SharedMemory.create(name, layout.byteSize());
    layout.writeTo(memory.segment());
    return new OutgoingRing(memory, layout);
  }

  /** To be passed to the reader, then {@linkplain #descriptorPassed closed}; this object's. */
  public Descriptor descriptor() {
    return memory.descriptor();
  }

  /** Closes the descriptor. */
  public void descriptorPassed() {
    memory.descriptorPassed();
  }

  /**
   * Copies what fits.
   *
   * @return how many bytes; 0 while the ring is full
   * @throws MalformedException if the reader wrote an impossible position
   */
  public long write(MemorySegment from, long byteOffset, long byteCount) throws MalformedException {
    long free = capacity - (tail - knownHead);
    if (free < byteCount) {
      free = capacity - usedNow();
    }
    long count = Math.min(free, byteCount);
    if (count > LastWrite.MAX_BYTE_SIZE) {
      copy(from, byteOffset, count, tail);
      LastWrite.hide(region);
      advanceTail(count);
    } else if (count > 0) {
      // The reader has them before the ring does, whose lines may have to be fetched first.
      LastWrite.show(region, from, byteOffset, count, tail);
      advanceTail(count);
      copy(from, byteOffset, count, tail - count);
    }
    return count;
  }

  private void advanceTail(long count) {
    tail += count;
    RingLayout.POSITION.setRelease(region, RingLayout.TAIL_AT, tail);
  }

  private long usedNow() throws MalformedException {
    long head = (long) RingLayout.POSITION.getAcquire(region, RingLayout.HEAD_AT);
    long used = RingLayout.usedBetween(head, tail, capacity);
    knownHead = head;
    return used;
  }

  private void copy(MemorySegment from, long byteOffset, long count, long position) {
    long at = position & (capacity - 1);
    long first = Math.min(count, capacity - at);
    RemoteCopy.copy(from, byteOffset, region, RingLayout.BYTES_AT + at, first);
    if (first < count) {
      RemoteCopy.copy(from, byteOffset + first, region, RingLayout.BYTES_AT, count - first);
    }
  }

  /** Where large bodies go. */
  public OutgoingBlocks blocks() {
    return blocks;
  }

  /** Whether a byte would fit. */
  public boolean hasRoom() {
    long head = (long) RingLayout.POSITION.getAcquire(region, RingLayout.HEAD_AT);
    return tail - head < capacity;
  }

  /** Whether as much would fit as is worth going on for; may be asked with no strand held. */
  public boolean hasMuchRoom() {
    long head = (long) RingLayout.POSITION.getAcquire(region, RingLayout.HEAD_AT);
    return tail - head <= capacity / 2;
  }

  /** Whether the reader sleeps and is to be woken; it then counts as woken. */
  public boolean takeReaderSleeps() {
    return RingLayout.takeFlag(region, RingLayout.READER_SLEEPS_AT);
  }

  /**
   * Says whether this side is to be woken once there is room.
   *
   * @return whether it was to be, and the other has taken that up: a wake-up is on its way
   */
  public boolean setWriterSleeps(boolean sleeps) {
    return writerSleeps.say(sleeps);
  }

  @Override
  public void close() {
    memory.close();
  }
}
