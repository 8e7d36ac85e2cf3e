package dev.aeon.checks.bench.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one run of a command cost.
 *
 * @param wallSeconds from its start to its end
 * @param cpuSeconds of it and of what it started
 * @param peakMebibytes the most that it and what it started held at once, looked at every 10 ms
 */
record CommandRun(double wallSeconds, double cpuSeconds, double peakMebibytes) {
  private static final long SAMPLE_MILLIS = 10;
  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double KIBIBYTES_PER_MEBIBYTE = 1024;
  private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  /** The shell adds up the processor time of what it waits for. */
  private static final String SCRIPT = "\"$@\" >out 2>err; code=$?; times >times; exit $code";

  /**
   * Runs a command with its output in files of {@code scratch}.
   *
   * @throws IOException where it ends with another code than 0 and {@code allowedExit}
   */
  static CommandRun of(Path folder, Path scratch, int allowedExit, List<String> command)
      throws IOException, InterruptedException {
    String script = SCRIPT.replace(">", ">" + scratch.toAbsolutePath() + "/");
    List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
    line.addAll(command);
    long startNanos = System.nanoTime();
    Process process = new ProcessBuilder(line).directory(folder.toFile()).start();
    double peak = watch(process, startNanos);
    double wall = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
    if (process.exitValue() != 0 && process.exitValue() != allowedExit) {
      throw new IOException(
          "failed, command=" + command + " said=" + Files.readString(scratch.resolve("err")));
    }
    return new CommandRun(wall, cpuSeconds(Files.readString(scratch.resolve("times"))), peak);
  }

  private static double watch(Process process, long startNanos)
      throws IOException, InterruptedException {
    double peak = 0;
    while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, residentMebibytes(process.toHandle()));
      if (System.nanoTime() - startNanos > LIMIT_NANOS) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new IOException("a command did not end, minutes=10");
      }
    }
    return peak;
  }

  private static double residentMebibytes(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .mapToDouble(CommandRun::ownMebibytes)
        .sum();
  }

  private static double ownMebibytes(ProcessHandle process) {
    try {
      Matcher matcher =
          RESIDENT.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
      return matcher.find() ? Long.parseLong(matcher.group(1)) / KIBIBYTES_PER_MEBIBYTE : 0;
    } catch (IOException e) {
      // It has ended since it was listed.
      return 0;
    }
  }

  /** Of the shell's two lines: those of itself, and those of its children. */
  static double cpuSeconds(String times) {
    return TIME.matcher(times)
        .results()
        .mapToDouble(
            time -> 60 * Double.parseDouble(time.group(1)) + Double.parseDouble(time.group(2)))
        .sum();
  }
}
