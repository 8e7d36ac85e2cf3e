package dev.aeon.sp.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files named on the command line, read whole. */
final class CatFiles {
  private static final String STANDARD_INPUT = "-";

  private CatFiles() {}

  static byte[] read(String path, Console console) {
    try {
      return path.equals(STANDARD_INPUT)
          ? console.in().readAllBytes()
          : Files.readAllBytes(Path.of(path));
    } catch (IOException | InvalidPathException e) {
      throw new FatalException("Cannot open file %s: %s".formatted(path, reason(e)));
    }
  }

  private static String reason(Exception e) {
    return switch (e) {
      case NoSuchFileException missing -> "No such file or directory";
      case AccessDeniedException denied -> "Permission denied";
      default -> String.valueOf(e.getMessage());
    };
  }
}
