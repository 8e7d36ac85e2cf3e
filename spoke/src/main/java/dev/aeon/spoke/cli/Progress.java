package dev.aeon.spoke.cli;

import java.io.PrintWriter;

/** A line that fills up while a command works, and is gone when it has. */
final class Progress implements AutoCloseable {
  private static final int WIDTH = 30;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter err;
  private final String what;
  private final int total;
  private final boolean isShown;
  private int done;

  Progress(PrintWriter err, String what, int total, boolean isShown) {
    this.err = err;
    this.what = what;
    this.total = Math.max(total, 1);
    this.isShown = isShown;
  }

  void step(String name) {
    done++;
    if (isShown) {
      int filled = Math.min(WIDTH, done * WIDTH / total);
      String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
      err.print(CLEAR_LINE + what + " " + bar + " " + done + "/" + total + " " + name);
      err.flush();
    }
  }

  @Override
  public void close() {
    if (isShown) {
      err.print(CLEAR_LINE);
      err.flush();
    }
  }
}
