package dev.aeon.sp.transport.datagram;

import java.util.Arrays;

/**
 * Whole numbers as disjoint ranges in rising order, each from its begin to before its end. Confined
 * to its session.
 */
final class RangeSet {
  private static final int INITIAL_CAPACITY = 4;

  private long[] begins = new long[INITIAL_CAPACITY];
  private long[] ends = new long[INITIAL_CAPACITY];
  private int count;

  int count() {
    return count;
  }

  boolean isEmpty() {
    return count == 0;
  }

  long begin(int index) {
    return begins[index];
  }

  long end(int index) {
    return ends[index];
  }

  boolean contains(long number) {
    if (count == 0 || number >= ends[count - 1]) {
      return false;
    }
    int index = firstEndingAfter(number);
    return index < count && begins[index] <= number;
  }

  /** Index of the first range whose end is above {@code number}. */
  private int firstEndingAfter(long number) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] > number) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Adds all from {@code begin} to before {@code end}. */
  void add(long begin, long end) {
    if (begin >= end) {
      return;
    }
    if (count > 0 && ends[count - 1] == begin) {
      ends[count - 1] = end;
      return;
    }
    int first = firstEndingAfter(begin - 1);
    int after = first;
    long mergedBegin = begin;
    long mergedEnd = end;
    while (after < count && begins[after] <= end) {
      mergedBegin = Math.min(mergedBegin, begins[after]);
      mergedEnd = Math.max(mergedEnd, ends[after]);
      after++;
    }
    replace(first, after, 1);
    begins[first] = mergedBegin;
    ends[first] = mergedEnd;
  }

  /** Takes all from {@code begin} to before {@code end} out. */
  void remove(long begin, long end) {
    int first = firstEndingAfter(begin);
    int after = first;
    while (after < count && begins[after] < end) {
      after++;
    }
    if (begin >= end || first == after) {
      return;
    }
    long leftBegin = begins[first];
    long rightEnd = ends[after - 1];
    boolean hasLeft = leftBegin < begin;
    boolean hasRight = rightEnd > end;
    replace(first, after, (hasLeft ? 1 : 0) + (hasRight ? 1 : 0));
    if (hasLeft) {
      begins[first] = leftBegin;
      ends[first] = begin;
    }
    if (hasRight) {
      int index = hasLeft ? first + 1 : first;
      begins[index] = end;
      ends[index] = rightEnd;
    }
  }

  void removeFirstRange() {
    replace(0, 1, 0);
  }

  /** Makes {@code newCount} places of those from {@code first} to before {@code after}. */
  private void replace(int first, int after, int newCount) {
    int newTotal = count - (after - first) + newCount;
    if (newTotal > begins.length) {
      begins = Arrays.copyOf(begins, 2 * newTotal);
      ends = Arrays.copyOf(ends, 2 * newTotal);
    }
    System.arraycopy(begins, after, begins, first + newCount, count - after);
    System.arraycopy(ends, after, ends, first + newCount, count - after);
    count = newTotal;
  }
}
