package dev.aeon.slabs.memory;

import dev.aeon.bindings.Descriptor;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * One contiguous stretch of memory, zeroed when made; where it lies is its {@link #kind}. Owned by
 * whoever allocated it and, at the latest, closed with its {@link SlabDevice}. Any thread may use
 * it; after {@link #close} every access, also through a segment taken earlier, is an {@link
 * IllegalStateException}.
 */
public final class Slab implements AutoCloseable {
  private final SlabDevice device;
  private final SlabMemory memory;
  private final FillLevel fillLevel = new FillLevel();
  private volatile boolean closed;

  Slab(SlabDevice device, SlabMemory memory) {
    this.device = device;
    this.memory = memory;
  }

  /**
   * All bytes of the slab.
   *
   * @throws SlabClosedException after {@link #close}
   */
  public MemorySegment segment() {
    requireOpen();
    return memory.segment();
  }

  /** Size in bytes, at least 1. */
  public long byteSize() {
    return memory.byteSize();
  }

  /** What kind of memory this is. */
  public SlabKind kind() {
    return memory.kind();
  }

  /** How many of its bytes are in use, as said by whoever hands them out. */
  public FillLevel fillLevel() {
    return fillLevel;
  }

  /**
   * Hands out the bytes from the first on.
   *
   * @throws SlabClosedException after {@link #close}
   */
  public SlabAllocator allocator() {
    return new SlabAllocator(this);
  }

  /** The device this slab was allocated on. */
  public SlabDevice device() {
    return device;
  }

  /**
   * Where a range of the slab lies in a {@code VkBuffer}. SPI of whatever records commands: call
   * and use it under {@link VulkanContext#queueLock()}, which {@link #close} takes too. A slab
   * larger than the device allocates at once is several buffers, and a range lies in one of them.
   *
   * @param byteOffset of the range in the slab
   * @param byteSize of the range, 0 or more
   * @throws SlabClosedException after {@link #close}
   * @throws IndexOutOfBoundsException where the range is not in the slab
   * @throws IllegalArgumentException where it crosses from one buffer into the next
   * @throws IllegalStateException where {@link SlabKind#isVulkan} is not so of {@link #kind}
   * @throws SlabAllocationException where the device can take in no further buffer of the slab
   */
  public VulkanWindow vulkanWindow(long byteOffset, long byteSize) {
    requireOpen();
    Objects.checkFromIndexSize(byteOffset, byteSize, byteSize());
    return memory.vulkanWindow(byteOffset, byteSize);
  }

  /**
   * Shows the device what the processor wrote in a range, and waits until that is done. A {@link
   * SlabKind#STAGED} slab needs it before each launch; in others device and processor work on the
   * same bytes, and it does nothing.
   *
   * @throws IndexOutOfBoundsException where the range is not in the slab
   * @throws SlabClosedException after {@link #close}
   */
  public synchronized void upload(long byteOffset, long byteSize) {
    requireRange(byteOffset, byteSize);
    memory.upload(byteOffset, byteSize);
  }

  /** The way back of {@link #upload}: shows the processor what the device wrote in a range. */
  public synchronized void download(long byteOffset, long byteSize) {
    requireRange(byteOffset, byteSize);
    memory.download(byteOffset, byteSize);
  }

  /**
   * The descriptor to pass to other processes, which {@link SlabDevice#mapShared} takes there. It
   * stays the slab's: pass it, or a duplicate, and do not close it.
   *
   * @throws SlabClosedException after {@link #close}
   * @throws IllegalStateException where other processes cannot map slabs of this {@link #kind}
   */
  public Descriptor descriptor() {
    requireOpen();
    return memory.descriptor();
  }

  /**
   * Names the slab to other processes of this user, which {@link SlabDevice#openShared} takes.
   *
   * @throws SlabClosedException after {@link #close}
   * @throws IllegalStateException where other processes cannot map slabs of this {@link #kind}
   */
  public SlabTicket ticket() {
    return new SlabTicket(ProcessHandle.current().pid(), descriptor().fd());
  }

  /** Whether {@link #close} was called, here or by the device. */
  public boolean isClosed() {
    return closed;
  }

  /**
   * Gives the memory back, once the device has finished with it. A second call does nothing but
   * wait for the first: the device must not go before its slabs have gone.
   *
   * @throws IllegalStateException if a native call is using the segment; the slab stays open
   */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      free();
    }
  }

  private void free() {
    try {
      memory.close();
    } catch (IllegalStateException inUse) {
      closed = false;
      throw inUse;
    }
    device.forget(this);
  }

  private void requireRange(long byteOffset, long byteSize) {
    requireOpen();
    Objects.checkFromIndexSize(byteOffset, byteSize, byteSize());
    if (byteSize == 0) {
      throw new IndexOutOfBoundsException("range is empty: byteOffset=" + byteOffset);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new SlabClosedException("slab of byteSize=" + memory.byteSize());
    }
  }
}
