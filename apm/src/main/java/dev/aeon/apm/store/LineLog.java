package dev.aeon.apm.store;

import dev.aeon.apm.internal.AtomicFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/**
 * An append-only file of lines, one write each, so that several processes may append. A line is
 * safe from the end of the process as soon as it is appended, and from the end of the machine once
 * it is forced. Half a line that a crash left is cut off at opening. Confined to its owner's lock.
 */
final class LineLog implements AutoCloseable {
  private final Path path;
  private FileChannel file;

  private LineLog(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /** Opens the file, made where it is not there, and reads what it holds. */
  static LineLog open(Path path, Consumer<String> reader) {
    try {
      FileChannel file = openFile(path);
      try {
        long end = read(file, reader);
        if (end < file.size()) {
          file.truncate(end);
        }
        return new LineLog(path, file);
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StoreException("cannot open: path=" + path, e);
    }
  }

  private static FileChannel openFile(Path path) throws IOException {
    return FileChannel.open(
        path,
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        LinkOption.NOFOLLOW_LINKS);
  }

  /** Reads whole lines; returns where the last of them ends. */
  private static long read(FileChannel file, Consumer<String> reader) throws IOException {
    long end = endOfLastLine(file);
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(file), StandardCharsets.UTF_8));
    long left = end;
    while (left > 0) {
      String line = lines.readLine();
      if (line == null) {
        break;
      }
      left -= line.getBytes(StandardCharsets.UTF_8).length + 1L;
      reader.accept(line);
    }
    return end;
  }

  private static long endOfLastLine(FileChannel file) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(64 * 1024);
    long end = file.size();
    while (end > 0) {
      long start = Math.max(0, end - block.capacity());
      block.clear().limit((int) (end - start));
      while (block.hasRemaining() && file.read(block, start + block.position()) > 0) {}
      for (int index = block.position() - 1; index >= 0; index--) {
        if (block.get(index) == '\n') {
          return start + index + 1;
        }
      }
      end = start;
    }
    return 0;
  }

  /** Appends a line, which must not hold a line break. */
  void append(String line) {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      long end = file.size();
      int written = file.write(bytes, end);
      if (bytes.hasRemaining()) {
        file.truncate(end);
        throw new IOException("short write: written=" + written);
      }
    } catch (IOException e) {
      throw new StoreException("cannot append: path=" + path, e);
    }
  }

  /** Makes what was appended survive the machine. */
  void force() {
    try {
      file.force(false);
    } catch (IOException e) {
      throw new StoreException("cannot force: path=" + path, e);
    }
  }

  /** Replaces all lines, durably, by {@code lines}. */
  void rewrite(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    try {
      AtomicFiles.write(path, text.toString().getBytes(StandardCharsets.UTF_8));
      FileChannel fresh = openFile(path);
      file.close();
      file = fresh;
    } catch (IOException e) {
      throw new StoreException("cannot rewrite: path=" + path, e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new StoreException("cannot close: path=" + path, e);
    }
  }
}
