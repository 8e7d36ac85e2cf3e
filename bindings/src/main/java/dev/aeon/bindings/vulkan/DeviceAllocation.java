package dev.aeon.bindings.vulkan;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeLibrary;
import dev.aeon.bindings.raw.Aeon;
import dev.aeon.bindings.raw.aeon_vk_buffer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A Vulkan storage buffer with memory bound, and mapped where the processor sees it. The mapping is
 * thread-safe to access and throws once this is closed; it is closed when the device has stopped
 * using the buffer, and before the device itself.
 */
public final class DeviceAllocation implements AutoCloseable {
  private final DeviceHandles device;
  private final Arena arena;
  private final MemorySegment description;
  private final @Nullable MappedBuffer mapped;
  private boolean isClosed;

  private DeviceAllocation(DeviceHandles device, Arena arena, MemorySegment description) {
    this.device = device;
    this.arena = arena;
    this.description = description;
    long address = aeon_vk_buffer.mapped_address(description);
    this.mapped = address == 0 ? null : new MappedBuffer(address, byteSize());
  }

  /**
   * Allocates memory of the device, whose content is undefined; the caller closes it.
   *
   * @param byteSize at least 1
   * @throws DeviceAllocationException where the device has none to give
   */
  public static DeviceAllocation allocate(DeviceHandles device, MemoryPlace place, long byteSize) {
    return create(
        device,
        "aeon_vk_buffer_allocate",
        byteSize,
        (handles, buffer) -> Aeon.aeon_vk_buffer_allocate(handles, byteSize, place.code(), buffer));
  }

  /**
   * Allocates mapped memory that can be passed to another process; the caller closes it.
   *
   * @param byteSize at least 1
   * @throws DeviceAllocationException {@code EOPNOTSUPP} where the device was made without {@code
   *     VK_KHR_external_memory_fd}
   */
  public static DeviceAllocation allocateExportable(DeviceHandles device, long byteSize) {
    return create(
        device,
        "aeon_vk_buffer_allocate_exportable",
        byteSize,
        (handles, buffer) -> Aeon.aeon_vk_buffer_allocate_exportable(handles, byteSize, buffer));
  }

  /**
   * Makes a buffer of memory that the same driver exported in another process.
   *
   * @param descriptor stays the caller's, who may close it afterwards
   * @param byteSize the exporter's
   * @throws DeviceAllocationException where the driver does not take it
   */
  public static DeviceAllocation importExported(
      DeviceHandles device, Descriptor descriptor, long byteSize) {
    return create(
        device,
        "aeon_vk_buffer_import_exported",
        byteSize,
        (handles, buffer) ->
            Aeon.aeon_vk_buffer_import_exported(handles, descriptor.fd(), byteSize, buffer));
  }

  /**
   * Makes a buffer of host pages, which stay the caller's and outlive it.
   *
   * @param hostPages native memory; address and size are multiples of the device's {@code
   *     minImportedHostPointerAlignment}
   * @throws DeviceAllocationException {@code EINVAL} where they are not, {@code EOPNOTSUPP} where
   *     the device was made without {@code VK_EXT_external_memory_host}
   */
  public static DeviceAllocation importHost(DeviceHandles device, MemorySegment hostPages) {
    long address = hostPages.address();
    return create(
        device,
        "aeon_vk_buffer_import",
        hostPages.byteSize(),
        (handles, buffer) ->
            Aeon.aeon_vk_buffer_import(handles, address, hostPages.byteSize(), buffer));
  }

  private interface Call {
    int run(MemorySegment handles, MemorySegment buffer);
  }

  private static DeviceAllocation create(
      DeviceHandles device, String name, long byteSize, Call call) {
    NativeLibrary.ensureLoaded();
    Arena arena = Arena.ofShared();
    MemorySegment buffer = aeon_vk_buffer.allocate(arena);
    int result = call.run(device.toNative(arena), buffer);
    if (result < 0) {
      arena.close();
      throw new DeviceAllocationException(name, result, "byteSize=" + byteSize);
    }
    return new DeviceAllocation(device, arena, buffer);
  }

  /** The {@code VkBuffer}. */
  public long buffer() {
    return aeon_vk_buffer.buffer(description);
  }

  /** The {@code VkDeviceMemory}. */
  public long memory() {
    return aeon_vk_buffer.memory(description);
  }

  /**
   * The bytes as the processor sees them.
   *
   * @throws IllegalStateException where the memory is the device's alone
   */
  public MappedBuffer mapped() {
    if (mapped == null) {
      throw new IllegalStateException("memory is not mapped: place=" + MemoryPlace.DEVICE);
    }
    return mapped;
  }

  /**
   * A new descriptor of memory that was allocated exportable; the caller closes it.
   *
   * @throws DeviceAllocationException where the driver gives none
   */
  public Descriptor export() {
    try (Arena calling = Arena.ofConfined()) {
      int result = Aeon.aeon_vk_buffer_export(device.toNative(calling), description);
      if (result < 0) {
        throw new DeviceAllocationException("aeon_vk_buffer_export", result, "");
      }
      return Descriptor.own(result);
    }
  }

  public long byteSize() {
    return aeon_vk_buffer.byte_size(description);
  }

  public boolean isDeviceLocal() {
    return has(Aeon.AEON_VK_DEVICE_LOCAL());
  }

  public boolean isCoherent() {
    return has(Aeon.AEON_VK_COHERENT());
  }

  public boolean isImported() {
    return has(Aeon.AEON_VK_IMPORTED());
  }

  private boolean has(int property) {
    return (aeon_vk_buffer.properties(description) & property) != 0;
  }

  /**
   * Frees buffer and memory. A second call does nothing.
   *
   * @throws IllegalStateException where a native call is using the mapping; the allocation stays
   *     open
   */
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    if (mapped != null) {
      mapped.close();
    }
    isClosed = true;
    int result = Aeon.aeon_vk_buffer_free(device.toNative(arena), description);
    arena.close();
    if (result < 0) {
      throw new DeviceAllocationException("aeon_vk_buffer_free", result, "");
    }
  }
}
