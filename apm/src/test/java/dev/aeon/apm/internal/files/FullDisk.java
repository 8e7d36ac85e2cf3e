package dev.aeon.apm.internal.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Storage that has no room for another byte while it is said to be full. */
public final class FullDisk implements Storage {
  private volatile boolean full;

  public void setFull(boolean full) {
    this.full = full;
  }

  /** Has what is opened meanwhile lie on this disk. */
  public <T> T under(Supplier<T> opening) {
    return ScopedValue.where(CHOSEN, this).call(opening::get);
  }

  @Override
  public AppendedFile append(Path file) throws IOException {
    AppendedFile opened = Storage.super.append(file);
    return new AppendedFile() {
      @Override
      public void write(byte[] bytes) throws IOException {
        if (full) {
          throw new IOException("No space left on device");
        }
        opened.write(bytes);
      }

      @Override
      public void force() throws IOException {
        opened.force();
      }

      @Override
      public void close() throws IOException {
        opened.close();
      }
    };
  }
}
