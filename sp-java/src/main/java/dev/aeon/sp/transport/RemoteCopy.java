package dev.aeon.sp.transport;

import dev.aeon.bindings.posix.SharedMemory;
import java.lang.foreign.MemorySegment;

/** Copies into memory that another processor has read and will read again. */
public final class RemoteCopy {
  /**
   * From here on a copy is written past this processor's caches. Below, to wait until it has left
   * costs more than it saves.
   */
  private static final long PAST_CACHES_MIN_BYTE_SIZE = 4096;

  private RemoteCopy() {}

  /** As {@link MemorySegment#copy(MemorySegment, long, MemorySegment, long, long)}. */
  public static void copy(
      MemorySegment from,
      long fromByteOffset,
      MemorySegment to,
      long toByteOffset,
      long byteCount) {
    if (byteCount < PAST_CACHES_MIN_BYTE_SIZE) {
      MemorySegment.copy(from, fromByteOffset, to, toByteOffset, byteCount);
    } else {
      SharedMemory.write(from, fromByteOffset, to, toByteOffset, byteCount);
    }
  }
}
