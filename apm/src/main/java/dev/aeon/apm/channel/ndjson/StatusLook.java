package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.ChannelName;
import dev.aeon.apm.channel.ChannelStatus;
import dev.aeon.apm.channel.ChannelStatus.Reader;
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
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Looks a file channel's status up, without a lock. */
final class StatusLook {
  private static final String CURSOR_SUFFIX = ".cur";

  private StatusLook() {}

  /**
   * Looks at a channel.
   *
   * @throws dev.aeon.apm.channel.ChannelException where it cannot be read, or is none
   */
  static ChannelStatus of(Path apmDirectory, ChannelName name) {
    Path path = apmDirectory.resolve("channels").resolve(name.toString());
    ChannelDirectory directory = ChannelDirectory.existing(path, name.receiver());
    try (ChannelLog log = new ChannelLog(directory)) {
      int rotated = Segment.list(path).size();
      long begin = log.nearest(0);
      long end = log.nearest(Long.MAX_VALUE);
      return new ChannelStatus(
          name,
          begin,
          end,
          OptionalLong.of(end - begin),
          rotated + (Files.exists(directory.messages()) ? 1 : 0),
          withReceiver(name.receiver().value(), readers(directory)));
    } catch (IOException e) {
      throw ChannelDirectory.io("cannot read: path=" + path, e);
    }
  }

  /** A receiver that was never there has everything before it. */
  private static List<Reader> withReceiver(String receiver, List<Reader> readers) {
    return readers.stream().anyMatch(each -> each.name().equals(receiver))
        ? readers
        : Stream.concat(Stream.of(new Reader(receiver, 0, 0)), readers.stream()).toList();
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
