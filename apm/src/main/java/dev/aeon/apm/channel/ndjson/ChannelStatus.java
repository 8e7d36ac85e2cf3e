package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.ndjson.CursorFile.Place;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How much a channel holds, and how far its readers are, at one moment; looked up without a lock.
 *
 * @param begin position of the first byte that is kept
 * @param end position after the last byte
 * @param fileCount how many files it has, the active one included
 * @param readers by name
 */
public record ChannelStatus(
    ChannelName name, long begin, long end, int fileCount, List<Reader> readers) {
  private static final String CURSOR_SUFFIX = ".cur";

  /**
   * One reader's place.
   *
   * @param position everything before it is settled
   * @param settledAbove how many messages after it are settled too
   */
  public record Reader(String name, long position, int settledAbove) {}

  /**
   * Looks at a channel.
   *
   * @throws dev.aeon.apm.channel.ChannelException where it cannot be read, or is none
   */
  public static ChannelStatus of(Path apmDirectory, ChannelName name) {
    Path path = apmDirectory.resolve("channels").resolve(name.toString());
    ChannelDirectory directory = ChannelDirectory.existing(path, name.receiver());
    try (ChannelLog log = new ChannelLog(directory)) {
      int rotated = Segment.list(path).size();
      return new ChannelStatus(
          name,
          log.nearest(0),
          log.nearest(Long.MAX_VALUE),
          rotated + (Files.exists(directory.messages()) ? 1 : 0),
          readers(directory));
    } catch (IOException e) {
      throw ChannelDirectory.io("cannot read: path=" + path, e);
    }
  }

  /** How many bytes are kept. */
  public long byteSize() {
    return end - begin;
  }

  private static List<Reader> readers(ChannelDirectory directory) throws IOException {
    List<Reader> readers = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory.cursors(), "*" + CURSOR_SUFFIX)) {
      for (Path file : files) {
        reader(file).ifPresent(readers::add);
      }
    } catch (NoSuchFileException _) {
      return List.of();
    }
    readers.sort(Comparator.comparing(Reader::name));
    return List.copyOf(readers);
  }

  private static Optional<Reader> reader(Path file) throws IOException {
    String name = file.getFileName().toString();
    String reader = name.substring(0, name.length() - CURSOR_SUFFIX.length());
    Optional<Place> place = CursorFile.look(file);
    return place.map(each -> new Reader(reader, each.position(), each.settledAbove().size()));
  }
}
