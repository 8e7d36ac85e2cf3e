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

/**
 * An append-only file of lines, one write each, so that several processes may append. A line is
 * safe from the end of the process as soon as it is appended, and from the end of the machine once
 * it is forced. Half a line that a crash left is cut off at opening. Confined to its owner's lock.
 *
 * <p>A force that fails is not asked for again: what it was for is to be appended anew, or not
 * promised. Storage may have lost any of it, so the next line does not begin where it ends.
 */
final class LineLog implements AutoCloseable {
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
    try {
      if (Files.isSymbolicLink(path)) {
        throw new FileSystemException(path.toString(), null, "a symbolic link");
      }
      if (Files.exists(path)) {
        long end;
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
          end = endOfLastLine(file);
        }
        readLines(path, end, (line, _) -> reader.accept(line));
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
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      byte[] block = new byte[BLOCK_BYTE_SIZE];
      long start = 0;
      for (int read = file.read(block); read > 0; read = file.read(block)) {
        int from = 0;
        for (int index = 0; index < read; index++) {
          if (block[index] == '\n') {
            line.write(block, from, index - from);
            from = index + 1;
            start += handOut(line, start, reader);
          }
        }
        line.write(block, from, read - from);
      }
      handOut(line, start, reader);
    }
  }

  /** Gives a line to its reader; returns how many bytes it took, its newline included. */
  private static int handOut(ByteArrayOutputStream line, long start, Reader reader) {
    int byteSize = line.size();
    if (byteSize > 0) {
      reader.read(line.toString(StandardCharsets.UTF_8), start);
    }
    line.reset();
    return byteSize + 1;
  }

  /**
   * Appends a line, which must not hold a line break, or several with one between each.
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
