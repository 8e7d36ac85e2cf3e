package dev.aeon.checks.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Writes a line for each cell of the table, for {@code scripts/interop} to print. */
final class InteropTable implements TestWatcher {
  private static final Path FILE = Path.of("target", "interop-table.txt");

  @Override
  public void testSuccessful(ExtensionContext context) {
    write(context, "ok");
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    write(context, "FAIL  " + cause.getMessage());
  }

  private static void write(ExtensionContext context, String outcome) {
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(
          FILE,
          "%-58s %s%n".formatted(context.getDisplayName(), outcome),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
