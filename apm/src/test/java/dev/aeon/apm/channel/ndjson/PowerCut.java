package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.ndjson.RecordingDisk.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a disk may hold when power fails after some of a record's steps: everything that was forced;
 * of the unforced writes any sectors, in any order; of unforced names those up to some moment.
 */
final class PowerCut {
  private static final int SECTOR_BYTE_SIZE = 512;

  private final List<Step> steps;
  private final Random random;
  private final Map<Integer, byte[]> contents = new HashMap<>();
  private final Map<String, Integer> names = new HashMap<>();

  PowerCut(List<Step> steps, Random random) {
    this.steps = steps;
    this.random = random;
  }

  /** Makes files of what is left. */
  void leaveIn(Path directory) throws IOException {
    int namesTo = namesThatLast();
    for (int index = 0; index < steps.size(); index++) {
      apply(index, index < namesTo);
    }
    for (Map.Entry<String, Integer> name : names.entrySet()) {
      byte[] content = contents.getOrDefault(name.getValue(), new byte[0]);
      Files.write(directory.resolve(name.getKey()), content);
    }
  }

  private int namesThatLast() {
    int forced = 0;
    for (int index = 0; index < steps.size(); index++) {
      forced = steps.get(index) instanceof Step.ForceDirectory ? index + 1 : forced;
    }
    return forced + random.nextInt(steps.size() - forced + 1);
  }

  private void apply(int index, boolean nameLasts) {
    switch (steps.get(index)) {
      case Step.Create(int file, String name) when nameLasts -> names.put(name, file);
      case Step.Rename(String from, String to) when nameLasts -> names.put(to, names.remove(from));
      case Step.Write write -> apply(write, isForcedAfter(write.file(), index));
      case Step.Truncate(int file, long byteSize) -> {
        if (isForcedAfter(file, index) || random.nextBoolean()) {
          contents.computeIfPresent(
              file, (_, bytes) -> Arrays.copyOf(bytes, (int) Math.min(bytes.length, byteSize)));
        }
      }
      default -> {}
    }
  }

  private void apply(Step.Write write, boolean isForced) {
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
    return steps.subList(index, steps.size()).contains(new Step.Force(file));
  }
}
