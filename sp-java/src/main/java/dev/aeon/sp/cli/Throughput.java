package dev.aeon.sp.cli;

import java.io.PrintStream;

/**
 * What came through.
 *
 * @param sent messages of the measured part
 * @param received those of them that came through
 * @param nanos from the first to the last
 */
record Throughput(long sent, long received, long nanos) {
  private static final double NANOS_A_SECOND = 1e9;
  private static final double BYTES_A_MEBIBYTE = 1 << 20;

  void print(BenchOptions options, String url, PrintStream out) {
    double perSecond = received * NANOS_A_SECOND / Math.max(nanos, 1);
    out.printf(
        "throughput pattern=%s url=%s size=%d count=%d%n",
        options.pattern, url, options.byteSize, sent);
    out.printf("%-12s %14.0f%n", "messages/s", perSecond);
    out.printf("%-12s %14.2f%n", "MiB/s", perSecond * options.byteSize / BYTES_A_MEBIBYTE);
    out.printf("%-12s %14d%n", "lost", sent - received);
  }
}
