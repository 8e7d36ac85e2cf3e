package dev.aeon.apm.channel.ndjson;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

  private final Path directory;
  private final Path active;
  private @Nullable FileChannel file;
  private long base;
  private boolean complete;

  /** The file system's name of the active file that is open. */
  private @Nullable Object key;

  ChannelLog(ChannelDirectory directory) {
    this.directory = directory.path();
    this.active = directory.messages();
  }

  /** Reads into {@code free} what stands at {@code position}, as much as one file gives. */
  Outcome read(ByteBuffer free, long position) throws IOException {
    boolean isFresh = false;
    while (true) {
      FileChannel opened = file;
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
      if (opened.read(free, position - base) > 0) {
        return Outcome.BYTES;
      }
      if (!wasComplete && position <= base + opened.size()) {
        return Outcome.END;
      }
      if (isFresh && (complete || !wasComplete)) {
        return Outcome.NOWHERE;
      }
      close();
    }
  }

  /** The first position at or after {@code position} that the log has, else its end. */
  long nearest(long position) throws IOException {
    List<Segment> segments = Segment.list(directory);
    for (Segment segment : segments) {
      if (position < segment.end()) {
        return Math.max(position, segment.base());
      }
    }
    long end = Segment.activeBase(segments);
    if (Files.exists(active, LinkOption.NOFOLLOW_LINKS)) {
      end += Files.size(active);
    }
    return Math.min(position, end);
  }

  @Override
  public void close() throws IOException {
    FileChannel opened = file;
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
      close();
      List<Segment> before = Segment.list(directory);
      try {
        if (position < Segment.activeBase(before)) {
          openRotated(before, position);
          return true;
        }
        file = open(active);
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
    file = open(segment.path());
    base = segment.base();
    complete = true;
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }
}
