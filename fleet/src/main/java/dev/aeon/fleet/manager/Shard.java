package dev.aeon.fleet.manager;

import dev.aeon.fleet.text.FolderScan;
import dev.aeon.fleet.text.TextReader;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of the folder's files, in the order of their paths.
 *
 * @param id its place among the shards, from zero
 * @param paths its files, relative to the folder
 */
record Shard(int id, List<String> paths) {
  /** So that a task with its list of files stays well under APM's limit of 1 MiB a message. */
  private static final int MAX_FILES = 4000;

  private static final int MAX_PATH_UNITS = 160 << 10;

  /** What opening a file costs, in bytes read. */
  private static final long FILE_COST = 4 << 10;

  /** Cuts a folder's files into about {@code count} shards of like weight. */
  static List<Shard> cut(List<FolderScan.Entry> files, int count) {
    long total = files.stream().mapToLong(Shard::cost).sum();
    long share = Math.max(1, (total + count - 1) / count);
    List<Shard> shards = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    long cost = 0;
    long units = 0;
    for (FolderScan.Entry file : files) {
      boolean full = cost >= share || paths.size() == MAX_FILES;
      if (full || (units + file.path().length() > MAX_PATH_UNITS && !paths.isEmpty())) {
        shards.add(new Shard(shards.size(), List.copyOf(paths)));
        paths.clear();
        cost = 0;
        units = 0;
      }
      paths.add(file.path());
      cost += cost(file);
      units += file.path().length();
    }
    if (!paths.isEmpty()) {
      shards.add(new Shard(shards.size(), List.copyOf(paths)));
    }
    return List.copyOf(shards);
  }

  /** A file too large to be read costs no more than a look. */
  private static long cost(FolderScan.Entry file) {
    return FILE_COST + (file.byteSize() <= TextReader.DEFAULT_MAX_BYTE_SIZE ? file.byteSize() : 0);
  }
}
