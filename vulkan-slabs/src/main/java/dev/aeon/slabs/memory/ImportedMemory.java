package dev.aeon.slabs.memory;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeLibrary;
import dev.aeon.bindings.posix.SharedMemory;
import dev.aeon.bindings.vulkan.DeviceAllocation;
import dev.aeon.bindings.vulkan.DeviceHandles;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Shared memory that is also a row of Vulkan buffers, each of {@code windowBytes} but the last:
 * devices bound the size of one allocation, while the processor sees all bytes in one piece.
 */
final class ImportedMemory implements SlabMemory {
  private final SharedMemory shared;
  private final List<DeviceAllocation> windows;
  private final long windowBytes;
  private final ReentrantLock queueLock;
  private final Arena arena = Arena.ofShared();

  /** Of its own arena: it ends before the buffers, and these before the mapping. */
  private final MemorySegment segment;

  private ImportedMemory(
      SharedMemory shared,
      List<DeviceAllocation> windows,
      long windowBytes,
      ReentrantLock queueLock) {
    this.shared = shared;
    this.windows = windows;
    this.windowBytes = windowBytes;
    this.queueLock = queueLock;
    this.segment = NativeLibrary.segmentAt(shared.segment().address(), shared.byteSize(), arena);
  }

  /**
   * Takes over {@code shared} where it returns; leaves it to the caller where it throws.
   *
   * @param windowBytes of each buffer but the last, a multiple of the device's import alignment
   */
  static ImportedMemory of(
      DeviceHandles device, SharedMemory shared, long windowBytes, ReentrantLock queueLock) {
    List<DeviceAllocation> windows = new ArrayList<>();
    try {
      for (long from = 0; from < shared.byteSize(); from += windowBytes) {
        long byteSize = Math.min(windowBytes, shared.byteSize() - from);
        windows.add(DeviceAllocation.importHost(device, shared.segment().asSlice(from, byteSize)));
      }
    } catch (RuntimeException refused) {
      windows.forEach(DeviceAllocation::close);
      throw refused;
    }
    return new ImportedMemory(shared, List.copyOf(windows), windowBytes, queueLock);
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
    long index = byteOffset / windowBytes;
    long inWindow = byteOffset % windowBytes;
    if (inWindow + byteSize > windowBytes) {
      throw new IllegalArgumentException(
          "range crosses from one buffer of the slab into the next: byteOffset=%d byteSize=%d"
                  .formatted(byteOffset, byteSize)
              + " windowBytes="
              + windowBytes);
    }
    return new VulkanWindow(windows.get((int) index).buffer(), inWindow);
  }

  @Override
  public void close() {
    queueLock.lock();
    try {
      arena.close();
      windows.forEach(DeviceAllocation::close);
      shared.close();
    } finally {
      queueLock.unlock();
    }
  }
}
