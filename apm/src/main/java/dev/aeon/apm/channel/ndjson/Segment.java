package dev.aeon.apm.channel.ndjson;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rotated file of a channel, which nobody writes any more.
 *
 * <p>A channel's bytes are counted from its first one on, across all its files: that is a position.
 * A rotated file's name is the position of its first byte, so that positions outlive rotation and
 * the deletion of older files. The active file begins where the newest rotated one ends.
 *
 * @param base position of its first byte
 * @param byteSize how many bytes it has
 */
record Segment(Path path, long base, long byteSize) {
  private static final Pattern NAME = Pattern.compile("messages\\.([0-9]{20})\\.ndjson");

  /** Position after its last byte. */
  long end() {
    return base + byteSize;
  }

  boolean holds(long position) {
    return base <= position && position < end();
  }

  static Path path(Path directory, long base) {
    return directory.resolve("messages.%020d.ndjson".formatted(base));
  }

  /** All of a channel, oldest first. */
  static List<Segment> list(Path directory) throws IOException {
    List<Segment> segments = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "messages.*.ndjson")) {
      for (Path path : found) {
        add(path, segments);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    segments.sort(Comparator.comparingLong(Segment::base));
    return segments;
  }

  /** Where the active file begins. */
  static long activeBase(List<Segment> segments) {
    return segments.isEmpty() ? 0 : segments.getLast().end();
  }

  private static void add(Path path, List<Segment> segments) throws IOException {
    Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
    if (name.matches() && !Files.isSymbolicLink(path)) {
      try {
        segments.add(new Segment(path, Long.parseLong(name.group(1)), Files.size(path)));
      } catch (NoSuchFileException _) {
        // Deleted since it was listed: no reader needs it.
      } catch (NumberFormatException e) {
        throw new IOException("position too large: path=" + path, e);
      }
    }
  }
}
