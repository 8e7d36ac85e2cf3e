package dev.aeon.fleet.index;

import java.util.Arrays;

/** Where each embedded passage stands, 16 bytes a passage. Used by one thread. */
final class PassageTable {
  private int[] fileIndexes = new int[256];
  private int[] lines = new int[256];
  private int[] begins = new int[256];
  private int[] lengths = new int[256];
  private int count;

  void add(int fileIndex, int line, int begin, int length) {
    if (count == lines.length) {
      grow();
    }
    fileIndexes[count] = fileIndex;
    lines[count] = line;
    begins[count] = begin;
    lengths[count++] = length;
  }

  int count() {
    return count;
  }

  int fileIndex(int passage) {
    return fileIndexes[passage];
  }

  int line(int passage) {
    return lines[passage];
  }

  int begin(int passage) {
    return begins[passage];
  }

  int length(int passage) {
    return lengths[passage];
  }

  void clear() {
    count = 0;
  }

  private void grow() {
    int capacity = count * 2;
    fileIndexes = Arrays.copyOf(fileIndexes, capacity);
    lines = Arrays.copyOf(lines, capacity);
    begins = Arrays.copyOf(begins, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
  }
}
