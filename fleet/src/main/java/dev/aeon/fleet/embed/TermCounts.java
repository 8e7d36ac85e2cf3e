package dev.aeon.fleet.embed;

import dev.aeon.fleet.text.TermSink;
import java.util.Arrays;

/**
 * How often each term stands in one passage: an open-addressed table of hashes, kept and cleared
 * from passage to passage, that remembers the order of first occurrence. Used by one thread.
 */
final class TermCounts implements TermSink {
  private long[] hashes = new long[1024];
  private int[] counts = new int[1024];
  private int[] order = new int[512];
  private int distinct;

  void clear() {
    for (int index = 0; index < distinct; index++) {
      counts[order[index]] = 0;
    }
    distinct = 0;
  }

  @Override
  public void term(long hash, int begin, int end) {
    int cell = find(hash);
    if (counts[cell]++ == 0) {
      hashes[cell] = hash;
      order[distinct++] = cell;
      if (distinct == order.length) {
        grow();
      }
    }
  }

  /** The number of different terms. */
  int distinct() {
    return distinct;
  }

  /** The hash of the term that came in this place among the different ones. */
  long hash(int index) {
    return hashes[order[index]];
  }

  /** How often that term stands in the passage. */
  int count(int index) {
    return counts[order[index]];
  }

  private int find(long hash) {
    int mask = hashes.length - 1;
    int cell = (int) (hash >>> 40) & mask;
    while (counts[cell] != 0 && hashes[cell] != hash) {
      cell = (cell + 1) & mask;
    }
    return cell;
  }

  private void grow() {
    long[] oldHashes = hashes;
    int[] oldCounts = counts;
    int[] oldOrder = order;
    hashes = new long[oldHashes.length * 2];
    counts = new int[oldCounts.length * 2];
    order = Arrays.copyOf(oldOrder, oldOrder.length * 2);
    for (int index = 0; index < distinct; index++) {
      int cell = find(oldHashes[oldOrder[index]]);
      hashes[cell] = oldHashes[oldOrder[index]];
      counts[cell] = oldCounts[oldOrder[index]];
      order[index] = cell;
    }
  }
}
