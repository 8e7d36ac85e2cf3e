package dev.aeon.apm.channel.ndjson;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Everything by which a writer changes what is on disk, so that a test can note it down, fail it
 * and replay it. May block; used by one thread at a time per channel.
 */
interface Disk {
  /** The file system as it is. */
  Disk REAL = new Disk() {};

  default FileChannel open(Path file, OpenOption... options) throws IOException {
    return FileChannel.open(file, options);
  }

  /** Gives a file another name in its directory, in one step. */
  default void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  default void delete(Path file) throws IOException {
    Files.delete(file);
  }

  /** Makes the names in a directory durable. */
  default void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
