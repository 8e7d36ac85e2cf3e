package dev.aeon.bindings.posix;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.NativeLibrary;
import dev.aeon.bindings.raw.Aeon;
import dev.aeon.bindings.raw.aeon_mapping;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Memory that processes share by passing its descriptor. Its size is sealed: no peer can take pages
 * away. What a peer writes into it is not to be trusted. The segment is thread-safe to access and
 * throws once this is closed.
 */
public final class SharedMemory implements AutoCloseable {
  private final Descriptor descriptor;
  private final Arena arena;
  private final MemorySegment segment;
  private boolean closed;

  private SharedMemory(Descriptor descriptor, long address, long byteSize) {
    this.descriptor = descriptor;
    this.arena = Arena.ofShared();
    this.segment = NativeLibrary.segmentAt(address, byteSize, arena);
  }

  /**
   * Copies what another processor will read to where one did before: faster than a plain copy,
   * which fetches each cache line from that processor first, by a factor of two to eight. What is
   * stored afterwards is seen after the copy. Of use from some thousand bytes on.
   *
   * @param from native memory that does not overlap {@code to}
   * @throws IndexOutOfBoundsException if either range is not within its segment
   * @throws IllegalArgumentException if {@code to} is read-only, or one is on the heap
   * @throws IllegalStateException if one is closed
   */
  public static void write(
      MemorySegment from,
      long fromByteOffset,
      MemorySegment to,
      long toByteOffset,
      long byteCount) {
    NativeLibrary.ensureLoaded();
    Objects.checkFromIndexSize(fromByteOffset, byteCount, from.byteSize());
    Objects.checkFromIndexSize(toByteOffset, byteCount, to.byteSize());
    if (to.isReadOnly()) {
      throw new IllegalArgumentException("segment is read-only");
    }
    Aeon.aeon_shm_write(to, toByteOffset, from, fromByteOffset, byteCount);
  }

  /**
   * Creates and maps zeroed memory, which the caller closes.
   *
   * @param name shown in {@code /proc}, at most 249 bytes
   * @param byteSize at least 1
   */
  public static SharedMemory create(String name, long byteSize) {
    NativeLibrary.ensureLoaded();
    try (Arena arena = Arena.ofConfined()) {
      int result = Aeon.aeon_shm_create(arena.allocateFrom(name), byteSize);
      NativeCallException.check("aeon_shm_create", result, "byteSize=" + byteSize);
      return map(Descriptor.own(result));
    }
  }

  /**
   * Maps memory that another process made, and takes ownership of its descriptor.
   *
   * @throws NativeCallException {@code EPERM} where its size is not sealed, {@code EINVAL} where it
   *     is empty or no shared memory; the descriptor is closed then
   */
  public static SharedMemory map(Descriptor descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mapping = aeon_mapping.allocate(arena);
      int result = Aeon.aeon_shm_map(descriptor.fd(), mapping);
      NativeCallException.check("aeon_shm_map", result, "fd=" + descriptor.fd());
      return new SharedMemory(
          descriptor, aeon_mapping.address(mapping), aeon_mapping.byte_size(mapping));
    } catch (NativeCallException e) {
      descriptor.close();
      throw e;
    }
  }

  /**
   * Maps memory that another process of the same user holds, without having its descriptor passed.
   *
   * @param processId of the holder, which lives until this returns
   * @param fd the holder's number for it
   * @throws NativeCallException {@code EBADF} where that process has no such descriptor, {@code
   *     EACCES} where it is another user's, and what {@link #map} throws
   */
  public static SharedMemory open(long processId, int fd) {
    NativeLibrary.ensureLoaded();
    int result = Aeon.aeon_shm_open(Math.toIntExact(processId), fd);
    NativeCallException.check("aeon_shm_open", result, "processId=" + processId + " fd=" + fd);
    return map(Descriptor.own(result));
  }

  public MemorySegment segment() {
    return segment;
  }

  /** The descriptor to pass on; it stays this object's. */
  public Descriptor descriptor() {
    return descriptor;
  }

  /** Closes the descriptor, once passed to all who need it; the memory stays mapped. */
  public void descriptorPassed() {
    descriptor.close();
  }

  public long byteSize() {
    return segment.byteSize();
  }

  /**
   * Unmaps the memory. A second call does nothing.
   *
   * @throws IllegalStateException where a native call is using the segment; it stays open
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    long address = segment.address();
    arena.close();
    closed = true;
    NativeCallException.check(
        "aeon_shm_unmap", Aeon.aeon_shm_unmap(address, segment.byteSize()), "");
    descriptor.close();
  }
}
