package dev.aeon.slabs.memory;

import java.lang.foreign.MemorySegment;

/**
 * One contiguous stretch of memory, zeroed when allocated. Owned by whoever allocated it and, at
 * the latest, closed with its {@link SlabDevice}. Any thread may use it; after {@link #close} every
 * access, also through a segment taken earlier, is an {@link IllegalStateException}.
 */
public final class Slab implements AutoCloseable {
  private final SlabDevice device;
  private final SlabMemory memory;
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

  /** The device this slab was allocated on. */
  public SlabDevice device() {
    return device;
  }

  /**
   * The {@code VkBuffer} behind the slab, bound at its first byte. SPI of the interpreter: call and
   * use it under {@link VulkanContext#queueLock()}, which {@link #close} takes too.
   *
   * @throws SlabClosedException after {@link #close}
   * @throws IllegalStateException where {@link #kind} is not {@link SlabKind#VULKAN}
   */
  public long vulkanBuffer() {
    requireOpen();
    return memory.vulkanBuffer();
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

  private void requireOpen() {
    if (closed) {
      throw new SlabClosedException("slab of byteSize=" + memory.byteSize());
    }
  }
}
