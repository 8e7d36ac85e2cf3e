package dev.aeon.apm.store;

import dev.aeon.apm.internal.files.AtomicFiles;
import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
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
 * <p>Handlers' threads write here, which are interrupted when a bus closes: so it is streams, not
 * channels, which an interrupt would close.
 */
final class LineLog implements AutoCloseable {
  private static final int BLOCK_BYTE_SIZE = 64 * 1024;

  private final Path path;
  private FileOutputStream file;

  /** Whether the last append may have left half a line, as a full disk does. */
  private boolean torn;

  private LineLog(Path path, FileOutputStream file) {
    this.path = path;
    this.file = file;
  }

  /** Opens the file, made where it is not there, and reads what it holds. */
  static LineLog open(Path path, Consumer<String> reader) {
    try {
      if (Files.isSymbolicLink(path)) {
        throw new FileSystemException(path.toString(), null, "a symbolic link");
      }
      cutTornTail(path);
      readLines(path, reader);
      return new LineLog(path, new FileOutputStream(path.toFile(), true));
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
        readLines(path, end, reader);
      }
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

  static void cutTornTail(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      long end = endOfLastLine(file);
      if (end < file.length()) {
        file.setLength(end);
      }
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

  private static void readLines(Path path, Consumer<String> reader) throws IOException {
    readLines(path, Long.MAX_VALUE, reader);
  }

  private static void readLines(Path path, long byteSize, Consumer<String> reader)
      throws IOException {
    try (InputStream file = new Prefix(Files.newInputStream(path), byteSize);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reader.accept(line);
      }
    }
  }

  /** Appends a line, which must not hold a line break. */
  void append(String line) {
    try {
      if (torn) {
        cutTornTail(path);
        torn = false;
      }
      torn = true;
      file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      torn = false;
    } catch (IOException e) {
      throw new StoreException("cannot append: path=" + path, e);
    }
  }

  /** Makes what was appended survive the machine. */
  void force() {
    try {
      file.getFD().sync();
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
      FileOutputStream fresh = new FileOutputStream(path.toFile(), true);
      file.close();
      file = fresh;
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
