package dev.aeon.fleet.report;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where output goes. Java cannot tell whether a single stream is a terminal, so the launcher says
 * it by system properties.
 *
 * @param out answers
 * @param err progress and notes
 * @param isOutTerminal whether answers may be coloured
 * @param isErrTerminal whether a progress line may be written over
 */
public record Terminal(
    PrintStream out, PrintStream err, boolean isOutTerminal, boolean isErrTerminal) {

  /** The streams of this process, in UTF-8. */
  public static Terminal ofThisProcess() {
    return new Terminal(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        Boolean.getBoolean("aeon.terminal.out"),
        Boolean.getBoolean("aeon.terminal.err"));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Asks for a query where a person sits there. */
  public void prompt() {
    if (isErrTerminal) {
      err.print("query> ");
      err.flush();
    }
  }
}
