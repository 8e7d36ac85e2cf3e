package dev.aeon.apm.cli;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Shows warnings of the library in one line each, for people; what is only news goes unsaid. */
final class Warnings extends Handler {
  private static final String CONFIGURED = "java.util.logging.config.file";

  private Warnings() {}

  /** Has the whole process's log shown so, unless it was configured from outside. */
  static void showOnStandardError() {
    if (System.getProperty(CONFIGURED) != null) {
      return;
    }
    Logger root = Logger.getLogger("");
    for (Handler each : root.getHandlers()) {
      root.removeHandler(each);
    }
    root.addHandler(new Warnings());
  }

  /** What a record says, with its cause and without the way there. */
  static String line(LogRecord record) {
    Throwable thrown = record.getThrown();
    String cause = thrown == null ? "" : " cause=" + thrown;
    return "apm: warning: " + Terminal.printable(record.getMessage() + cause);
  }

  @Override
  public void publish(LogRecord record) {
    if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
      System.err.println(line(record));
    }
  }

  @Override
  public void flush() {
    System.err.flush();
  }

  @Override
  public void close() {}
}
