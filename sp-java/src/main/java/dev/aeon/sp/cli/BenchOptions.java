package dev.aeon.sp.cli;

import java.util.Locale;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every measurement is told. */
final class BenchOptions {
  /** Which ends of the conversation are in this process. */
  enum Side {
    BOTH,
    CLIENT,
    SERVER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(index = "0", paramLabel = "PATTERN", description = "${COMPLETION-CANDIDATES}")
  PatternName pattern = PatternName.REQREP;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "URL",
      defaultValue = "inproc://sp-bench",
      description = "where the server listens and the client dials (default: ${DEFAULT-VALUE})")
  String url = "";

  @Option(
      names = "--side",
      defaultValue = "both",
      description =
          "which ends this process has: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  Side side = Side.BOTH;

  @Option(
      names = {"-s", "--size"},
      paramLabel = "BYTES",
      defaultValue = "64",
      description = "size of a message (default: ${DEFAULT-VALUE})")
  int byteSize;

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      defaultValue = "100000",
      description = "messages to measure (default: ${DEFAULT-VALUE})")
  int count;

  @Option(
      names = {"-w", "--warmup"},
      paramLabel = "N",
      defaultValue = "20000",
      description = "messages before that, not measured (default: ${DEFAULT-VALUE})")
  int warmup;

  boolean hasClient() {
    return side != Side.SERVER;
  }

  boolean hasServer() {
    return side != Side.CLIENT;
  }

  void check() {
    refuse(byteSize < 0, "size is negative: size=" + byteSize);
    refuse(count < 1, "count is below 1: count=" + count);
    refuse(warmup < 0, "warmup is negative: warmup=" + warmup);
  }

  static void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new FatalException(why);
    }
  }
}
