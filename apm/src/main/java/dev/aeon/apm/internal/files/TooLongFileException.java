package dev.aeon.apm.internal.files;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file that is read as a whole is longer than it may be. */
public final class TooLongFileException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  TooLongFileException(Path file, int maxByteSize) {
    super(file.toString(), null, "too long: limit=" + maxByteSize);
  }
}
