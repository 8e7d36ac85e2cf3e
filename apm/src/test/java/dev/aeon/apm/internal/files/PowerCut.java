package dev.aeon.apm.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a disk may hold when power fails after some of a record's steps: everything that was forced;
 * of the unforced writes any sectors, in any order; of each directory's unforced names those up to
 * some moment.
 */
public final class PowerCut {
  private static final int SECTOR_BYTE_SIZE = 512;

  private final List<DiskStep> steps;
  private final Random random;
  private final Map<Integer, byte[]> contents = new HashMap<>();
  private final Map<String, Integer> names = new HashMap<>();
  private final Set<String> directories = new TreeSet<>();
  private final Map<String, Integer> namesTo = new HashMap<>();

  public PowerCut(List<DiskStep> steps, Random random) {
    this.steps = steps;
    this.random = random;
  }

  /** Makes directories and files of what is left. */
  public void leaveIn(Path root) throws IOException {
    for (int index = 0; index < steps.size(); index++) {
      apply(index);
    }
    Set<String> left = new HashSet<>(Set.of(""));
    for (String directory : directories) { // a directory comes before what lies in it
      if (left.contains(DiskStep.parent(directory))) {
        Files.createDirectories(root.resolve(directory));
        left.add(directory);
      }
    }
    for (Map.Entry<String, Integer> name : names.entrySet()) {
      if (left.contains(DiskStep.parent(name.getKey()))) {
        byte[] content = contents.getOrDefault(name.getValue(), new byte[0]);
        Files.write(root.resolve(name.getKey()), content);
      }
    }
  }

  private void apply(int index) {
    switch (steps.get(index)) {
      case DiskStep.Create(int file, String path) when lasts(path, index) -> names.put(path, file);
      case DiskStep.Rename(String from, String to) when lasts(to, index) ->
          names.put(to, names.remove(from));
      case DiskStep.Delete(String path) when lasts(path, index) -> names.remove(path);
      case DiskStep.MakeDirectory(String path) when lasts(path, index) -> directories.add(path);
      case DiskStep.Write write -> apply(write, isForcedAfter(write.file(), index));
      case DiskStep.Truncate(int file, long byteSize) -> {
        if (isForcedAfter(file, index) || random.nextBoolean()) {
          contents.computeIfPresent(
              file, (_, bytes) -> Arrays.copyOf(bytes, (int) Math.min(bytes.length, byteSize)));
        }
      }
      default -> {}
    }
  }

  private boolean lasts(String path, int index) {
    return index < namesTo.computeIfAbsent(DiskStep.parent(path), this::namesThatLast);
  }

  private int namesThatLast(String directory) {
    int forced = steps.lastIndexOf(new DiskStep.ForceDirectory(directory)) + 1;
    return forced + random.nextInt(steps.size() - forced + 1);
  }

  private void apply(DiskStep.Write write, boolean isForced) {
    byte[] content = contents.getOrDefault(write.file(), new byte[0]);
    long end = write.byteOffset() + write.bytes().length;
    int chance = random.nextInt(3);
    for (long at = write.byteOffset(); at < end; ) {
      long next = Math.min(end, (at / SECTOR_BYTE_SIZE + 1) * SECTOR_BYTE_SIZE);
      if (isForced || random.nextInt(3) < chance) {
        content = Arrays.copyOf(content, (int) Math.max(content.length, next));
        int from = (int) (at - write.byteOffset());
        System.arraycopy(write.bytes(), from, content, (int) at, (int) (next - at));
      }
      at = next;
    }
    if (!isForced && random.nextBoolean()) {
      content = Arrays.copyOf(content, (int) Math.max(content.length, end));
    }
    contents.put(write.file(), content);
  }

  private boolean isForcedAfter(int file, int index) {
    return steps.subList(index, steps.size()).contains(new DiskStep.Force(file));
  }
}
