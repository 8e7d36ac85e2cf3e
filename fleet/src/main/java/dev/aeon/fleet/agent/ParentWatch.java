package dev.aeon.fleet.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Ends this process when its manager has gone, however it went: the manager holds the other end of
 * the standard input and never writes to it.
 */
final class ParentWatch {
  private ParentWatch() {}

  static void start(InputStream standardInput, Runnable end) {
    Thread.ofPlatform()
        .name("parent-watch")
        .daemon()
        .start(() -> {
          awaitEnd(standardInput);
          end.run();
        });
  }

  private static void awaitEnd(InputStream standardInput) {
    try {
      standardInput.transferTo(OutputStream.nullOutputStream());
    } catch (IOException gone) {
      // As good as the end.
    }
  }
}
