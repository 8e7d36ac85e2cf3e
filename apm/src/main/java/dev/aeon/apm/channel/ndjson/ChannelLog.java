package dev.aeon.apm.channel.ndjson;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel's bytes by position, across its rotated files and the active one, while another process
 * writes, rotates and deletes. Confined to one thread.
 *
 * <p>Which position the active file begins at follows from the rotated files alone, so it is opened
 * between two looks at them: only where both looks agree is what was opened the file that begins
 * there. A file stays open when it is renamed; that this has happened is known by the name it then
 * has, and only after that does its end count.
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

  ChannelLog(ChannelDirectory directory) {
    this.directory = directory.path();
    this.active = directory.messages();
  }

  /** Reads into {@code free} what stands at {@code position}, as much as one file gives. */
  Outcome read(ByteBuffer free, long position) throws IOException {
    while (true) {
      FileChannel opened = file;
      if (opened == null || position < base) {
        if (!locate(position)) {
          return Outcome.END;
        }
        if (position < base) {
          return Outcome.NOWHERE;
        }
        continue;
      }
      boolean wasComplete = complete || isRenamed();
      if (opened.read(free, position - base) > 0) {
        return Outcome.BYTES;
      }
      long end = base + opened.size();
      if (!wasComplete) {
        return position > end ? Outcome.NOWHERE : Outcome.END;
      }
      close();
      if (!locate(position)) {
        return Outcome.END;
      }
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

  private boolean isRenamed() {
    return Files.exists(Segment.path(directory, base), LinkOption.NOFOLLOW_LINKS);
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
