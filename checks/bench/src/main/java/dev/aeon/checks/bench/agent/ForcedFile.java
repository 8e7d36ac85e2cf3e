package dev.aeon.checks.bench.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;

/** The disk's own time: a line appended to a file and forced; twice for a round trip. */
final class ForcedFile implements Link, Log {
  private final FileChannel file;
  private final ByteBuffer line = ByteBuffer.wrap(Texts.routed().line());

  ForcedFile(Path directory) throws IOException {
    file =
        FileChannel.open(
            directory.resolve("forced"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void roundTrip() throws IOException {
    force();
    force();
  }

  @Override
  public CompletableFuture<?> append() {
    try {
      force();
      return CompletableFuture.completedFuture(null);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void force() throws IOException {
    int _ = file.write(line.rewind());
    file.force(false);
  }
}
