package dev.aeon.spoke.validate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides many files into parts that take about as long to compile, in the same order. More parts
 * than processors, so that none of these waits long for the last part.
 */
final class FileParts {
  /** Below this many files a second run costs more than it saves. */
  private static final int FILES_PER_PART = 400;

  private static final int PARTS_PER_PROCESSOR = 4;

  /** What even an empty file costs, in bytes that are read in the same time. */
  private static final long FILE_COST_BYTES = 500;

  private FileParts() {}

  /**
   * The parts.
   *
   * @param roots folders that the files' paths resolve against, in order
   */
  static List<List<String>> of(List<Path> roots, List<String> files) {
    int most = PARTS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
    int count = Math.clamp(files.size() / FILES_PER_PART, 1, most);
    return count == 1 ? List.of(files) : divide(files, starts(roots, files), count);
  }

  /** What the files before each cost together, and at the end, what all do. */
  private static long[] starts(List<Path> roots, List<String> files) {
    long[] starts = new long[files.size() + 1];
    for (int i = 0; i < files.size(); i++) {
      starts[i + 1] = starts[i] + FILE_COST_BYTES + byteSize(roots, files.get(i));
    }
    return starts;
  }

  private static long byteSize(List<Path> roots, String file) {
    return roots.stream()
        .mapToLong(root -> root.resolve(file).toFile().length())
        .filter(size -> size > 0)
        .findFirst()
        .orElse(0);
  }

  /**
   * A file belongs to the part that it starts in; there are fewer where large ones fill several.
   */
  private static List<List<String>> divide(List<String> files, long[] starts, int count) {
    List<List<String>> parts = new ArrayList<>();
    int from = 0;
    for (int part = 1; part <= count; part++) {
      long end = starts[files.size()] / count * part;
      int to = from;
      while (to < files.size() && (part == count || starts[to] < end)) {
        to++;
      }
      if (to > from) {
        parts.add(files.subList(from, to));
      }
      from = to;
    }
    return parts;
  }
}
