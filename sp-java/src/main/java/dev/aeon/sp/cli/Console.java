package dev.aeon.sp.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes.
 *
 * @param in bytes to send
 * @param out messages received, byte for byte; whoever writes a message flushes it
 * @param err errors
 */
record Console(InputStream in, OutputStream out, PrintStream err) {
  /** This process's own streams. */
  static Console ofProcess() {
    return new Console(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
  }

  /** {@link #out()} for lines of text. */
  PrintStream text() {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }
}
