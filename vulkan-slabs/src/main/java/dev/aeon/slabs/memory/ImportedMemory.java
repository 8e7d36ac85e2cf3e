package dev.aeon.slabs.memory;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeLibrary;
import dev.aeon.bindings.posix.SharedMemory;
import dev.aeon.bindings.vulkan.DeviceAllocation;
import dev.aeon.bindings.vulkan.DeviceAllocationException;
import dev.aeon.bindings.vulkan.DeviceHandles;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Shared memory that is also a row of Vulkan buffers, each of {@code windowBytes} but the last:
 * devices bound the size of one allocation, while the processor sees all bytes in one piece. The
 * first is imported at once, to know that the device takes such pages; the others when they are
 * first used, for devices bound the sum of imports too.
 */
final class ImportedMemory implements SlabMemory {
  private final DeviceHandles device;
  private final SharedMemory shared;
  private final @Nullable DeviceAllocation[] windows;
  private final long windowBytes;
  private final ReentrantLock queueLock;
  private final Arena arena = Arena.ofShared();

  /** Of its own arena: it ends before the buffers, and these before the mapping. */
  private final MemorySegment segment;

  /**
   * Takes over {@code shared} where it returns; leaves it to the caller where it throws.
   *
   * @param windowBytes of each buffer but the last, a multiple of the device's import alignment
   */
  ImportedMemory(
      DeviceHandles device, SharedMemory shared, long windowBytes, ReentrantLock queueLock) {
    this.device = device;
    this.shared = shared;
    this.windows = new DeviceAllocation[(int) Math.ceilDiv(shared.byteSize(), windowBytes)];
    this.windowBytes = windowBytes;
    this.queueLock = queueLock;
    window(0);
    this.segment = NativeLibrary.segmentAt(shared.segment().address(), shared.byteSize(), arena);
  }

  private synchronized DeviceAllocation window(int index) {
    DeviceAllocation window = windows[index];
    if (window == null) {
      long from = index * windowBytes;
      long byteSize = Math.min(windowBytes, shared.byteSize() - from);
      window = DeviceAllocation.importHost(device, shared.segment().asSlice(from, byteSize));
      windows[index] = window;
    }
    return window;
  }

  @Override
  public MemorySegment segment() {
    return segment;
  }

  @Override
  public SlabKind kind() {
    return SlabKind.SHARED_VULKAN;
  }

  @Override
  public Descriptor descriptor() {
    return shared.descriptor();
  }

  @Override
  public VulkanWindow vulkanWindow(long byteOffset, long byteSize) {
    long inWindow = byteOffset % windowBytes;
    if (inWindow + byteSize > windowBytes) {
      throw new IllegalArgumentException(
          "range crosses from one buffer of the slab into the next: byteOffset=%d byteSize=%d"
                  .formatted(byteOffset, byteSize)
              + " windowBytes="
              + windowBytes);
    }
    return new VulkanWindow(imported((int) (byteOffset / windowBytes)).buffer(), inWindow);
  }

  private DeviceAllocation imported(int index) {
    try {
      return window(index);
    } catch (DeviceAllocationException refused) {
      throw new SlabAllocationException(
          "the device refused, " + refused.getMessage(),
          shared.byteSize(),
          index * windowBytes,
          refused);
    }
  }

  @Override
  public void close() {
    queueLock.lock();
    try {
      arena.close();
      closeWindows();
      shared.close();
    } finally {
      queueLock.unlock();
    }
  }

  private synchronized void closeWindows() {
    for (DeviceAllocation window : windows) {
      if (window != null) {
        window.close();
      }
    }
  }
}
