package dev.aeon.fleet.report;

import dev.aeon.fleet.manager.FleetObserver;
import dev.aeon.fleet.manager.Stage;
import java.io.PrintStream;

/**
 * Shows how the fleet gets on: one line written over on a terminal, else a line every few seconds
 * and one at the end of each long stage. Thread-safe.
 */
public final class ProgressLine implements FleetObserver, AutoCloseable {
  private static final long TERMINAL_INTERVAL_NANOS = 100_000_000L;
  private static final long LOG_INTERVAL_NANOS = 3_000_000_000L;
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintStream err;
  private final boolean isTerminal;
  private long lastNanos = System.nanoTime();
  private long stageNanos;

  /** Progress on a terminal's standard error. */
  public ProgressLine(Terminal terminal) {
    this.err = terminal.err();
    this.isTerminal = terminal.isErrTerminal();
  }

  @Override
  public synchronized void begins(Stage stage) {
    stageNanos = System.nanoTime();
    if (stage != Stage.SEARCH) {
      show(stage.verb() + " …");
    }
  }

  @Override
  public synchronized void advances(Stage stage, long done, long total) {
    long interval = isTerminal ? TERMINAL_INTERVAL_NANOS : LOG_INTERVAL_NANOS;
    if (System.nanoTime() - lastNanos >= interval) {
      show(stage.verb() + " " + amount(stage, done, total));
    }
  }

  private static String amount(Stage stage, long done, long total) {
    String unit = stage == Stage.SEARCH ? " shards" : " files";
    if (total == 0) {
      return done + unit;
    }
    return "%d of %d%s (%d %%)".formatted(done, total, unit, done * 100 / total);
  }

  @Override
  public synchronized void ends(Stage stage) {
    if (stage != Stage.SEARCH && !isTerminal) {
      double seconds = (System.nanoTime() - stageNanos) / 1e9;
      show("%s took %.1f s".formatted(stage.verb(), seconds));
    }
    clear();
  }

  @Override
  public synchronized void notes(String sentence) {
    clear();
    err.println("aeon: " + sentence);
  }

  private void show(String text) {
    lastNanos = System.nanoTime();
    if (isTerminal) {
      err.print(ERASE_LINE + "aeon: " + text);
      err.flush();
    } else {
      err.println("aeon: " + text);
    }
  }

  /** Takes the line away. */
  public synchronized void clear() {
    if (isTerminal) {
      err.print(ERASE_LINE);
      err.flush();
    }
  }

  @Override
  public void close() {
    clear();
  }
}
