package dev.aeon.apm.internal.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Writes small files so that a reader, or a crash, sees all of one or none. An interrupt neither
 * breaks a write off nor gets lost.
 */
public final class AtomicFiles {
  private AtomicFiles() {}

  /** Writes {@code file} anew, durably. */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(Storage.REAL, file, bytes);
  }

  /** As the general form, by {@code storage}. */
  public static void write(Storage storage, Path file, byte[] bytes) throws IOException {
    replace(storage, file, bytes).close();
  }

  /**
   * Writes {@code file} anew, durably; where that fails the one before is still there.
   *
   * @return the new file, open at its end
   */
  public static AppendedFile replace(Storage storage, Path file, byte[] bytes) throws IOException {
    Path temporary = file.resolveSibling("." + UUID.randomUUID() + ".tmp");
    AppendedFile fresh = storage.append(temporary);
    try {
      fresh.write(bytes);
      fresh.force();
      storage.replace(temporary, file);
      storage.forceDirectory(file.resolveSibling("."));
      return fresh;
    } catch (IOException e) {
      fresh.close();
      storage.delete(temporary);
      throw e;
    }
  }

  /** Takes {@code file} away, durably. */
  public static void delete(Storage storage, Path file) throws IOException {
    storage.delete(file);
    storage.forceDirectory(file.resolveSibling("."));
  }
}
