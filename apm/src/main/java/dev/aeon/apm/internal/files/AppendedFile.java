package dev.aeon.apm.internal.files;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/** A file that is open at its end. Used by one thread at a time. */
public interface AppendedFile extends AutoCloseable {
  /** Appends by one write; may fail with some of the bytes written. */
  void write(byte[] bytes) throws IOException;

  /** Makes what was written durable. */
  void force() throws IOException;

  /** Again closing does nothing. */
  @Override
  void close() throws IOException;

  /** Opens a file by a stream: a channel would be closed by an interrupt of the thread's. */
  static AppendedFile open(Path path) throws IOException {
    FileOutputStream stream = new FileOutputStream(path.toFile(), true);
    return new AppendedFile() {
      @Override
      public void write(byte[] bytes) throws IOException {
        stream.write(bytes);
      }

      @Override
      public void force() throws IOException {
        stream.getFD().sync();
      }

      @Override
      public void close() throws IOException {
        stream.close();
      }
    };
  }
}
