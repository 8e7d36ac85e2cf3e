package dev.aeon.apm.channel.ndjson;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel's bytes by position, across its rotated files and the active one, while another process
 * writes, rotates and deletes. Used by one thread at a time.
 *
 * <p>Which position the active file begins at follows from the rotated files alone, so it is opened
 * between two looks at them: only where both looks agree is what was opened the file that begins
 * there. A file stays open when it is renamed, or deleted after that; that this has happened is
 * known by another file's having its name, and only after that does its end count.
 */
final class ChannelLog implements AutoCloseable {
  /** What a read found. */
  enum Outcome {
    /** At least one byte. */
    BYTES,
    /** Nothing yet. */
    END,
    /** The position is one that the log does not have any more, or lost. */
    NOWHERE
  }

  private static final Logger LOG = LoggerFactory.getLogger(ChannelLog.class);

  private final Path directory;
  private final Path active;
  private final Commits commits;
  private @Nullable LogFile file;
  private long base;
  private boolean complete;

  /** Where a packed file ends that cannot be read. */
  private long damagedTo;

  /** The file system's name of the active file that is open. */
  private @Nullable Object key;

  /** All that is written. */
  ChannelLog(ChannelDirectory directory) {
    this(directory, Commits.ignored());
  }

  /** What is committed, as {@code commits} says, which it owns. */
  ChannelLog(ChannelDirectory directory, Commits commits) {
    this.directory = directory.path();
    this.active = directory.messages();
    this.commits = commits;
  }

  /** Reads into {@code free} what stands at {@code position}, as much as one file gives. */
  Outcome read(ByteBuffer free, long position) throws IOException {
    boolean isFresh = false;
    while (true) {
      LogFile opened = file;
      if (opened == null || position < base) {
        if (!locate(position)) {
          return Outcome.END;
        }
        if (position < base) {
          return Outcome.NOWHERE;
        }
        isFresh = true;
        continue;
      }
      boolean wasComplete = complete || isReplaced();
      if (readCommitted(opened, free, position, wasComplete) > 0) {
        return Outcome.BYTES;
      }
      if (position < damagedTo) {
        return Outcome.NOWHERE;
      }
      if (!wasComplete && position <= base + opened.byteSize()) {
        return Outcome.END;
      }
      if (isFresh && (complete || !wasComplete)) {
        return Outcome.NOWHERE;
      }
      closeFile();
    }
  }

  /** Rotation commits a file's last line before it makes the file complete. */
  private int readCommitted(LogFile opened, ByteBuffer free, long position, boolean isComplete)
      throws IOException {
    long room = isComplete ? Long.MAX_VALUE : commits.room(opened, base, position);
    int limit = free.limit();
    free.limit(free.position() + Math.clamp(room, 0, free.remaining()));
    try {
      return free.hasRemaining() ? read(opened, free, position) : 0;
    } finally {
      free.limit(limit);
    }
  }

  /** What a packed file does not give is lost, as if it were deleted. */
  private int read(LogFile opened, ByteBuffer free, long position) throws IOException {
    try {
      return opened.read(free, position - base);
    } catch (EOFException | ZipException e) {
      damagedTo = base + opened.byteSize();
      LOG.warn("a packed file is damaged: directory={} base={}", directory, base, e);
      return 0;
    }
  }

  /** The first position at or after {@code position} that the log has, else its end. */
  long nearest(long position) throws IOException {
    List<Segment> segments = Segment.list(directory);
    long wanted = Math.max(position, damagedTo);
    for (Segment segment : segments) {
      if (wanted < segment.end()) {
        return Math.max(wanted, segment.base());
      }
    }
    long end = Segment.activeBase(segments);
    if (Files.exists(active, LinkOption.NOFOLLOW_LINKS)) {
      end += Files.size(active);
    }
    return Math.min(wanted, end);
  }

  @Override
  public void close() throws IOException {
    try (commits) {
      closeFile();
    }
  }

  private void closeFile() throws IOException {
    LogFile opened = file;
    file = null;
    if (opened != null) {
      opened.close();
    }
  }

  private boolean isReplaced() throws IOException {
    return !Objects.equals(key, key(active));
  }

  private static @Nullable Object key(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (NoSuchFileException _) {
      return null;
    }
  }

  private boolean locate(long position) throws IOException {
    while (true) {
      closeFile();
      List<Segment> before = Segment.list(directory);
      try {
        if (position < Segment.activeBase(before)) {
          openRotated(before, position);
          return true;
        }
        file = LogFile.plain(active);
        key = key(active);
      } catch (NoSuchFileException _) {
        // Between two names, not made yet, or deleted as old: the second look tells.
      }
      if (Segment.list(directory).equals(before)) {
        base = Segment.activeBase(before);
        complete = false;
        return file != null;
      }
    }
  }

  private void openRotated(List<Segment> segments, long position) throws IOException {
    Segment segment =
        segments.stream()
            .filter(each -> position < each.end())
            .findFirst()
            .orElseThrow(() -> new IOException("no file at position=" + position));
    file = segment.open();
    base = segment.base();
    complete = true;
  }
}
