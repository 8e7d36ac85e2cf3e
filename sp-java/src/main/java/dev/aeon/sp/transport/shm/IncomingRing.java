package dev.aeon.sp.transport.shm;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.posix.SharedMemory;
import dev.aeon.sp.wire.MalformedException;
import java.lang.foreign.MemorySegment;

/**
 * The reading side of a ring, whose region the other process made. Confined to its strand, but for
 * {@link #isEmpty}.
 */
public final class IncomingRing implements AutoCloseable {
  private final RegionUse use;
  private final MemorySegment region;
  private final long capacity;
  private final ReadableBytes bytes;
  private final IncomingBlocks blocks;
  private final SleepFlag readerSleeps;
  private final SleepingWriter sleepingWriter;
  private long head;
  private long lastTail = Long.MAX_VALUE;

  private IncomingRing(SharedMemory memory, RingLayout layout) {
    this.use = new RegionUse(memory);
    this.region = memory.segment();
    this.capacity = layout.capacity();
    this.bytes = new ReadableBytes(region, capacity);
    this.blocks = new IncomingBlocks(use, layout);
    this.readerSleeps = new SleepFlag(region, RingLayout.READER_SLEEPS_AT);
    this.sleepingWriter = new SleepingWriter(region, capacity);
  }

  /**
   * Maps a region and takes its descriptor over.
   *
   * @throws MalformedException if it is no ring
   * @throws dev.aeon.bindings.NativeCallException if it cannot be mapped, or could still shrink
   */
  public static IncomingRing map(Descriptor descriptor) throws MalformedException {
    SharedMemory memory = SharedMemory.map(descriptor);
    try {
      IncomingRing ring = new IncomingRing(memory, RingLayout.in(memory.segment()));
      memory.descriptorPassed();
      return ring;
    } catch (MalformedException e) {
      memory.close();
      throw e;
    }
  }

  /**
   * Copies what is there, or a part of it.
   *
   * @return how many bytes; 0 while the ring is empty
   * @throws MalformedException if the writer wrote an impossible position
   */
  public long read(MemorySegment to, long byteOffset, long byteCount) throws MalformedException {
    long tail = tail();
    long most = Math.min(RingLayout.usedBetween(head, tail, capacity), byteCount);
    long count = most > 0 ? bytes.copy(to, byteOffset, most, head, tail) : 0;
    if (count > 0) {
      head += count;
      RingLayout.POSITION.setRelease(region, RingLayout.HEAD_AT, head);
    }
    return count;
  }

  private long tail() {
    return Math.min((long) RingLayout.POSITION.getAcquire(region, RingLayout.TAIL_AT), lastTail);
  }

  /** The writer is gone: what it writes from now on, if it is not, is not read. */
  public void end() {
    lastTail = tail();
  }

  /** Whether nothing is there; may be asked with no strand held. */
  public boolean isEmpty() {
    return tail() == head;
  }

  /** Whether the writer sleeps and there is room enough to wake it; it then counts as woken. */
  public boolean takeWriterSleeps() throws MalformedException {
    return sleepingWriter.take(head, tail());
  }

  /**
   * Says whether this side is to be woken once something is there.
   *
   * @return whether it was to be, and the other has taken that up: a wake-up is on its way
   */
  public boolean setReaderSleeps(boolean sleeps) {
    return readerSleeps.say(sleeps);
  }

  /** Where large bodies come. */
  public IncomingBlocks blocks() {
    return blocks;
  }

  /** Unmaps the region once the last body that was lent from it has come back. */
  @Override
  public void close() {
    use.endOfRing();
  }
}
