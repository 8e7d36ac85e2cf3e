package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.posix.DatagramBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Packets that one reader has taken for another, as they came. Has room for so many; what comes
 * then is dropped, as any network may. Not thread-safe.
 */
final class HandedOver {
  static final int MAX_COUNT = 512;

  private static final int BYTE_SIZE = 1 << 20;

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment memory = arena.allocate(BYTE_SIZE);
  private final DatagramBatch[] batches = new DatagramBatch[MAX_COUNT / DatagramBatch.MAX_COUNT];
  private final long[] byteOffsets = new long[MAX_COUNT];
  private int count;
  private long usedByteSize;

  HandedOver() {
    for (int index = 0; index < batches.length; index++) {
      batches[index] = new DatagramBatch(DatagramBatch.MAX_COUNT, arena);
    }
  }

  /** Copies one element, if there is room; whether there was. */
  boolean add(DatagramBatch from, int index, MemorySegment source, long sourceByteOffset) {
    int byteSize = from.byteSize(index);
    if (count == MAX_COUNT || usedByteSize + byteSize > BYTE_SIZE) {
      return false;
    }
    MemorySegment.copy(source, sourceByteOffset, memory, usedByteSize, byteSize);
    DatagramBatch to = batch(count);
    int target = index(count);
    to.setBytes(target, memory, usedByteSize, byteSize, 0);
    to.setPeer(
        target,
        from.peerFamily(index),
        from.peerPort(index),
        from.peerScope(index),
        from.peerHigh(index),
        from.peerLow(index));
    byteOffsets[count] = usedByteSize;
    count++;
    usedByteSize += byteSize;
    return true;
  }

  int count() {
    return count;
  }

  /** Where the element of a number is. */
  DatagramBatch batch(int number) {
    return batches[number / DatagramBatch.MAX_COUNT];
  }

  /** Which one of its batch it is. */
  int index(int number) {
    return number % DatagramBatch.MAX_COUNT;
  }

  MemorySegment memory() {
    return memory;
  }

  long byteOffset(int number) {
    return byteOffsets[number];
  }

  void clear() {
    count = 0;
    usedByteSize = 0;
  }
}
