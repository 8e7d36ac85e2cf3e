package dev.aeon.apm.internal.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Everything by which small files change what is on disk, so that a test can note it down, fail it
 * and lose what was not forced. An interrupt breaks nothing off and is kept.
 */
public interface Storage {
  /** The file system as it is. */
  Storage REAL = new Storage() {};

  /** What is opened meanwhile on this thread uses another one, as a test has it. */
  ScopedValue<Storage> CHOSEN = ScopedValue.newInstance();

  /** By what files that are opened now are written, for as long as they are open. */
  static Storage chosen() {
    return CHOSEN.orElse(REAL);
  }

  /** Opens a file at its end, made where it is not there; its name is durable by its directory. */
  default AppendedFile append(Path file) throws IOException {
    return AppendedFile.open(file);
  }

  /** Shortens a file, durably. */
  default void cut(Path file, long byteSize) throws IOException {
    // Not by a channel, which an interrupt would close.
    try (RandomAccessFile shortened = new RandomAccessFile(file.toFile(), "rw")) {
      shortened.setLength(byteSize);
      shortened.getFD().sync();
    }
  }

  /** Gives a file the name of another in its directory, in one step. */
  default void replace(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Takes a file away, where there is one. */
  default void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  default void makeDirectory(Path directory) throws IOException {
    Files.createDirectory(directory);
  }

  /** Makes the names in a directory durable. */
  default void forceDirectory(Path directory) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      boolean forced = false;
      while (!forced) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
          channel.force(true);
          forced = true;
        } catch (ClosedByInterruptException _) {
          interrupted = Thread.interrupted() || interrupted;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
