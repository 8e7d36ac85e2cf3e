package dev.aeon.spoke.protoc;

import java.time.Duration;

/**
 * What a run of the compiler, its plugins included, may use.
 *
 * @param time until the processes are ended
 * @param memoryBytes address space of each process
 * @param fileBytes size of each file that is written
 */
public record Limits(Duration time, long memoryBytes, long fileBytes) {
  /** For parsing, where no plugin runs. */
  public static final Limits PARSE = new Limits(Duration.ofMinutes(1), 4L << 30, 1L << 30);

  /** For generating code: runtimes such as Node.js reserve far more than they use. */
  public static final Limits GENERATE = new Limits(Duration.ofMinutes(2), 6L << 30, 256L << 20);

  private static final int FILE_BLOCK = 512;
  private static final int MEMORY_BLOCK = 1024;

  /** The same with more time where there are many files. */
  Limits forFiles(int count) {
    return new Limits(time.plusMillis(50L * count), memoryBytes, fileBytes);
  }

  /** As a shell's {@code ulimit} has them: seconds, then blocks of memory, then of a file. */
  String shellWords() {
    return time.toSeconds() + " " + memoryBytes / MEMORY_BLOCK + " " + fileBytes / FILE_BLOCK;
  }
}
