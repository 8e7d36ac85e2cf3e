package dev.aeon.slabs.interpreter;

/**
 * Selects the largest elements, largest first, of equals the lower index first. Any NaN is below
 * every number, and 0 and -0 are equal. A heap of the best so far: n log k.
 */
final class TopSelection {
  private final long[] heap;
  private int size;

  TopSelection(int count) {
    this.heap = new long[count];
  }

  /**
   * An element's rank as a number that grows with it: the key in the high half, and in the low half
   * the index turned round, so that of equals the lower index ranks higher.
   */
  static long rank(float value, int index) {
    return ((long) key(value) << 32) | (0xffffffffL - index);
  }

  /** Ordered as the elements are, as an unsigned number. */
  private static int key(float value) {
    if (Float.isNaN(value)) {
      return 0;
    }
    int bits = value == 0f ? 0 : Float.floatToRawIntBits(value);
    return bits < 0 ? ~bits : bits | 0x80000000;
  }

  static int index(long rank) {
    return (int) (0xffffffffL - (rank & 0xffffffffL));
  }

  void offer(float value, int index) {
    long rank = rank(value, index);
    if (size < heap.length) {
      heap[size] = rank;
      siftUp(size++);
    } else if (Long.compareUnsigned(rank, heap[0]) > 0) {
      heap[0] = rank;
      siftDown(0);
    }
  }

  /** The indices of the selected, best first; empties the selection. */
  int[] drain() {
    int[] indices = new int[size];
    while (size > 0) {
      indices[size - 1] = index(heap[0]);
      heap[0] = heap[--size];
      siftDown(0);
    }
    return indices;
  }

  private void siftUp(int start) {
    int child = start;
    while (child > 0) {
      int parent = (child - 1) / 2;
      if (Long.compareUnsigned(heap[parent], heap[child]) <= 0) {
        return;
      }
      swap(parent, child);
      child = parent;
    }
  }

  private void siftDown(int start) {
    int parent = start;
    while (2 * parent + 1 < size) {
      int child = 2 * parent + 1;
      if (child + 1 < size && Long.compareUnsigned(heap[child + 1], heap[child]) < 0) {
        child++;
      }
      if (Long.compareUnsigned(heap[parent], heap[child]) <= 0) {
        return;
      }
      swap(parent, child);
      parent = child;
    }
  }

  private void swap(int left, int right) {
    long moved = heap[left];
    heap[left] = heap[right];
    heap[right] = moved;
  }
}
