package dev.aeon.apm.store;

import dev.aeon.apm.internal.files.AppendedFile;
import dev.aeon.apm.internal.files.AtomicFiles;
import dev.aeon.apm.internal.files.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only file of lines, one write each, so that several processes may append. A line is
 * safe from the end of the process as soon as it is appended, and from the end of the machine once
 * it is forced. Half a line that a crash left is cut off at opening. Confined to its owner's lock.
 *
 * <p>A force that fails is not asked for again: what it was for is to be appended anew, or not
 * promised. Storage may have lost any of it, so the next line does not begin where it ends.
 */
final class LineLog implements AutoCloseable {
  /**
   * Above what any line of ours has: some messages of the largest size, and what is said of them.
   */
  static final int MAX_LINE_BYTE_SIZE = 16 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(LineLog.class);
  private static final int BLOCK_BYTE_SIZE = 64 * 1024;

  private final Storage storage;
  private final Path path;
  private AppendedFile file;

  /** Where the next line begins, as far as nobody else appends. */
  private long end;

  /** Whether the last append may have left half a line, as a full disk does. */
  private boolean torn;

  /** Whether what was appended last may be lost though it can be read. */
  private boolean doubtful;

  /** Is given the lines of a file one after the other. */
  @FunctionalInterface
  interface Reader {
    /**
     * One line.
     *
     * @param byteOffset where it begins in the file
     */
    void read(String line, long byteOffset);

    /**
     * A line is left out, and was not held: it has more than {@value #MAX_LINE_BYTE_SIZE} bytes.
     */
    default void tooLong(long byteOffset, long byteSize) {}
  }

  private LineLog(Storage storage, Path path, AppendedFile file, long end) {
    this.storage = storage;
    this.path = path;
    this.file = file;
    this.end = end;
  }

  /** As the general form, by a reader that does not ask where lines lie. */
  static LineLog open(Storage storage, Path path, Consumer<String> reader) {
    return open(storage, path, (line, _) -> reader.accept(line));
  }

  /** Opens the file, made where it is not there, and reads what it holds, which is durable then. */
  static LineLog open(Storage storage, Path path, Reader reader) {
    try {
      if (Files.isSymbolicLink(path)) {
        throw new FileSystemException(path.toString(), null, "a symbolic link");
      }
      AppendedFile file = storage.append(path);
      try {
        cutTornTail(storage, path);
        file.force();
        storage.forceDirectory(path.resolveSibling("."));
        readLines(path, Long.MAX_VALUE, reader);
      } catch (IOException e) {
        file.close();
        throw e;
      }
      return new LineLog(storage, path, file, Files.size(path));
    } catch (IOException e) {
      throw new StoreException("cannot open: path=" + path, e);
    }
  }

  /** Reads the whole lines of a file that somebody else may be writing; none where it is not. */
  static void read(Path path, Consumer<String> reader) {
    read(path, (line, _) -> reader.accept(line));
  }

  /** As the general form, by a reader that asks where lines lie. */
  static void read(Path path, Reader reader) {
    try {
      if (Files.isSymbolicLink(path)) {
        throw new FileSystemException(path.toString(), null, "a symbolic link");
      }
      if (Files.exists(path)) {
        long end;
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
          end = endOfLastLine(file);
        }
        readLines(path, end, reader);
      }
    } catch (IOException e) {
      throw new StoreException("cannot read: path=" + path, e);
    }
  }

  /** Reads {@code byteSize} bytes of a file, which may be shorter meanwhile: then fewer. */
  static String read(Path path, long byteOffset, int byteSize) {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] bytes = new byte[Math.clamp(file.length() - byteOffset, 0, byteSize)];
      file.seek(byteOffset);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StoreException("cannot read: path=" + path, e);
    }
  }

  /** How many bytes at the end of a file are no whole line. */
  static long tornByteSize(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      return file.length() - endOfLastLine(file);
    }
  }

  static void cutTornTail(Storage storage, Path path) throws IOException {
    long end;
    long byteSize;
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      end = endOfLastLine(file);
      byteSize = file.length();
    }
    if (end < byteSize) {
      storage.cut(path, end);
    }
  }

  private static long endOfLastLine(RandomAccessFile file) throws IOException {
    byte[] block = new byte[BLOCK_BYTE_SIZE];
    long end = file.length();
    while (end > 0) {
      int byteCount = (int) Math.min(BLOCK_BYTE_SIZE, end);
      long start = end - byteCount;
      file.seek(start);
      file.readFully(block, 0, byteCount);
      for (int index = byteCount - 1; index >= 0; index--) {
        if (block[index] == '\n') {
          return start + index + 1;
        }
      }
      end = start;
    }
    return 0;
  }

  private static void readLines(Path path, long byteSize, Reader reader) throws IOException {
    try (InputStream file = new Prefix(Files.newInputStream(path), byteSize)) {
      LineReading reading = new LineReading(path, reader);
      byte[] block = new byte[BLOCK_BYTE_SIZE];
      for (int read = file.read(block); read > 0; read = file.read(block)) {
        int from = 0;
        for (int index = 0; index < read; index++) {
          if (block[index] == '\n') {
            reading.take(block, from, index);
            reading.endLine();
            from = index + 1;
          }
        }
        reading.take(block, from, read);
      }
      reading.endLine();
    }
  }

  /** Puts lines together and gives them to their reader; holds none that is too long. */
  private static final class LineReading {
    private final Path path;
    private final Reader reader;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long start;
    private long byteSize;

    LineReading(Path path, Reader reader) {
      this.path = path;
      this.reader = reader;
    }

    void take(byte[] block, int from, int to) {
      byteSize += to - from;
      if (byteSize <= MAX_LINE_BYTE_SIZE) {
        line.write(block, from, to - from);
      }
    }

    void endLine() {
      if (byteSize > MAX_LINE_BYTE_SIZE) {
        LOG.warn(
            "too long, left out: path={} offset={} byteSize={} limit={}",
            path,
            start,
            byteSize,
            MAX_LINE_BYTE_SIZE);
        reader.tooLong(start, byteSize);
      } else if (byteSize > 0) {
        reader.read(line.toString(StandardCharsets.UTF_8), start);
      }
      start += byteSize + 1;
      byteSize = 0;
      line.reset();
    }
  }

  /**
   * Appends a line, which must not hold a line break, or several with one between each; none of
   * them longer than {@value #MAX_LINE_BYTE_SIZE} bytes, or it is left out when it is read.
   *
   * @return where it begins, as far as nobody else appends
   */
  long append(String line) {
    byte[] bytes = ((doubtful ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      if (torn) {
        cutTornTail(storage, path);
        end = Files.size(path);
      }
      torn = true;
      file.write(bytes);
      long start = end + (doubtful ? 1 : 0);
      end += bytes.length;
      torn = false;
      doubtful = false;
      return start;
    } catch (IOException e) {
      throw new StoreException("cannot append: path=" + path, e);
    }
  }

  /** How many bytes the file holds, as far as nobody else appends. */
  long byteSize() {
    return end;
  }

  /** Gives the file, durable, another name in its directory, and goes on with an empty one. */
  void rotate(Path older) {
    Path fresh = path.resolveSibling("." + path.getFileName() + ".tmp");
    try {
      file.force();
      AppendedFile next = storage.append(fresh);
      AppendedFile old = file;
      try {
        storage.replace(path, older);
        storage.forceDirectory(path.resolveSibling("."));
        storage.replace(fresh, path);
        storage.forceDirectory(path.resolveSibling("."));
      } catch (IOException e) {
        next.close();
        throw e;
      }
      file = next;
      end = 0;
      old.close();
    } catch (IOException e) {
      throw new StoreException("cannot rotate: path=" + path, e);
    }
  }

  /**
   * Makes what was appended survive the machine.
   *
   * @throws StoreException where any of what was appended since the last force may be lost
   */
  void force() {
    try {
      file.force();
    } catch (IOException e) {
      doubtful = true;
      throw new StoreException("cannot force: path=" + path, e);
    }
  }

  /** Replaces all lines, durably, by {@code lines}. */
  void rewrite(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    try {
      AppendedFile old = file;
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      file = AtomicFiles.replace(storage, path, bytes);
      end = bytes.length;
      torn = false;
      doubtful = false;
      old.close();
    } catch (IOException e) {
      throw new StoreException("cannot rewrite: path=" + path, e);
    }
  }

  /** Again closing does nothing. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new StoreException("cannot close: path=" + path, e);
    }
  }
}
