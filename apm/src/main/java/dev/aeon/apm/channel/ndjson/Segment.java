package dev.aeon.apm.channel.ndjson;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rotated file of a channel, which nobody writes any more.
 *
 * <p>A channel's bytes are counted from its first one on, across all its files: that is a position.
 * A rotated file's name is the position of its first byte, so that positions outlive rotation and
 * the deletion of older files; a packed one's name also has the position after its last. The active
 * file begins where the newest rotated one ends.
 *
 * @param base position of its first byte
 * @param byteSize how many bytes it has, unpacked
 */
record Segment(Path path, long base, long byteSize) {
  private static final Pattern NAME =
      Pattern.compile("messages\\.([0-9]{20})(?:-([0-9]{20})\\.ndjson\\.gz|\\.ndjson)");

  /** Position after its last byte. */
  long end() {
    return base + byteSize;
  }

  boolean holds(long position) {
    return base <= position && position < end();
  }

  boolean isPacked() {
    return path.toString().endsWith(".gz");
  }

  LogFile open() throws IOException {
    return isPacked() ? PackedFile.open(this) : LogFile.plain(path);
  }

  /** What it is called once it is packed. */
  Path packedPath() {
    return path.resolveSibling("messages.%020d-%020d.ndjson.gz".formatted(base, end()));
  }

  static Path path(Path directory, long base) {
    return directory.resolve("messages.%020d.ndjson".formatted(base));
  }

  /** All of a channel, oldest first; of one that is there packed and plain, the plain one. */
  static List<Segment> list(Path directory) throws IOException {
    SortedMap<Long, Segment> segments = new TreeMap<>();
    for (Segment segment : files(directory)) {
      segments.merge(segment.base(), segment, (one, other) -> one.isPacked() ? other : one);
    }
    return List.copyOf(segments.values());
  }

  private static Collection<Segment> files(Path directory) throws IOException {
    SortedMap<String, Segment> found = new TreeMap<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory, "messages.*")) {
      for (Path path : paths) {
        add(path, found);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found.values();
  }

  /** Where the active file begins. */
  static long activeBase(List<Segment> segments) {
    return segments.isEmpty() ? 0 : segments.getLast().end();
  }

  private static void add(Path path, SortedMap<String, Segment> segments) throws IOException {
    String text = String.valueOf(path.getFileName());
    Matcher name = NAME.matcher(text);
    if (name.matches() && !Files.isSymbolicLink(path)) {
      try {
        long base = Long.parseLong(name.group(1));
        String end = name.group(2);
        long byteSize = end == null ? Files.size(path) : Long.parseLong(end) - base;
        segments.put(text, new Segment(path, base, byteSize));
      } catch (NoSuchFileException _) {
        // Deleted since it was listed: no reader needs it.
      } catch (NumberFormatException e) {
        throw new IOException("position too large: path=" + path, e);
      }
    }
  }
}
