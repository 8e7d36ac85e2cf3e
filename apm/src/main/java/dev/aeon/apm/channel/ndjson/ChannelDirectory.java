package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.internal.files.AtomicFiles;
import dev.aeon.apm.internal.files.TooLongFileException;
import dev.aeon.apm.internal.files.WholeFiles;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Timestamps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A channel's directory, checked to be a real one that says itself whose it is: two pairs of ids
 * may give one name, and a symbolic link may lead anywhere (resolutions 26 and 27).
 *
 * @param name {@code {sender}_to_{receiver}}
 */
record ChannelDirectory(Path path, String name) {
  private static final int FORMAT = 1;
  private static final int MAX_DESCRIPTION_BYTE_SIZE = 64 * 1024;

  /** The directory below which channels lie, made where it is not there. */
  static Path root(Path apmDirectory) {
    try {
      Files.createDirectories(apmDirectory);
      Path root = apmDirectory.toRealPath().resolve("channels");
      makeDirectory(root);
      return root;
    } catch (IOException e) {
      throw io("cannot make the channels' directory: path=" + apmDirectory, e);
    }
  }

  static ChannelDirectory create(Path apmDirectory, AgentId sender, AgentId receiver) {
    Path root = root(apmDirectory);
    String name = sender + "_to_" + receiver;
    ChannelDirectory directory = new ChannelDirectory(root.resolve(name), name);
    try {
      makeDirectory(directory.path);
      if (!Files.exists(directory.description(), LinkOption.NOFOLLOW_LINKS)) {
        directory.describe(sender, receiver);
      }
    } catch (IOException e) {
      throw io("cannot make a channel's directory: path=" + directory.path, e);
    }
    directory.requireBelongsTo(sender.value(), receiver.value());
    return directory;
  }

  /** The channel in an existing directory that ends at {@code receiver}; checked likewise. */
  static ChannelDirectory existing(Path path, AgentId receiver) {
    String name = String.valueOf(path.getFileName());
    String sender = name.substring(0, name.length() - ("_to_" + receiver).length());
    ChannelDirectory directory = new ChannelDirectory(path, name);
    requireDirectory(path);
    directory.requireBelongsTo(sender, receiver.value());
    return directory;
  }

  Path messages() {
    return file("messages.ndjson");
  }

  /** Where the writer notes what is committed. */
  Path commits() {
    return file("commit.idx");
  }

  /** Where readers keep their places. */
  Path cursors() {
    return path.resolve("cursors");
  }

  Path cursor(String reader) {
    Path cursors = cursors();
    if (Files.isSymbolicLink(cursors)) {
      throw unusable("a symbolic link: path=" + cursors);
    }
    return cursors.resolve(reader + ".cur");
  }

  /** The least place of all readers; 0 where there is none yet, for the first may still come. */
  long firstNeeded() throws IOException {
    long least = Long.MAX_VALUE;
    try (DirectoryStream<Path> cursors = Files.newDirectoryStream(cursors(), "*.cur")) {
      for (Path cursor : cursors) {
        long position = CursorFile.durablePlace(cursor).map(CursorFile.Place::position).orElse(0L);
        least = Math.min(least, position);
      }
    } catch (NoSuchFileException _) {
      return 0;
    }
    return least == Long.MAX_VALUE ? 0 : least;
  }

  Path lock() {
    return file("writer.lock");
  }

  Path description() {
    return path.resolve("channel.json");
  }

  private Path file(String fileName) {
    Path file = path.resolve(fileName);
    if (Files.isSymbolicLink(file)) {
      throw unusable("a symbolic link: path=" + file);
    }
    return file;
  }

  private void describe(AgentId sender, AgentId receiver) throws IOException {
    JsonObject description =
        JsonObject.builder()
            .put("sender", sender.value())
            .put("receiver", receiver.value())
            .put("format", FORMAT)
            .put("createdAt", Timestamps.format(Instant.now()))
            .build();
    AtomicFiles.write(description(), description.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void requireBelongsTo(String sender, String receiver) {
    JsonObject description = readDescription();
    if (description.findLong("format").filter(format -> format == FORMAT).isEmpty()) {
      throw unusable("unknown format: path=" + description());
    }
    boolean ours =
        description.findString("sender").filter(sender::equals).isPresent()
            && description.findString("receiver").filter(receiver::equals).isPresent();
    if (!ours) {
      throw unusable(
          "another pair's channel: path=" + path + " sender=" + sender + " receiver=" + receiver);
    }
  }

  private JsonObject readDescription() {
    Path file = file("channel.json");
    try {
      return JsonCodec.decode(WholeFiles.read(file, MAX_DESCRIPTION_BYTE_SIZE)).fields();
    } catch (TooLongFileException _) {
      throw unusable("too long: path=" + file);
    } catch (InvalidMessageException e) {
      throw new ChannelException(ErrorCode.E_ROUTING_003, "not JSON: path=" + file, e);
    } catch (IOException e) {
      throw io("cannot read: path=" + file, e);
    }
  }

  private static void makeDirectory(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(path);
    }
    requireDirectory(path);
  }

  private static void requireDirectory(Path path) {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw unusable("not a directory: path=" + path);
    }
  }

  private static ChannelException unusable(String message) {
    return new ChannelException(ErrorCode.E_ROUTING_003, message);
  }

  static ChannelException io(String message, IOException cause) {
    return new ChannelException(ErrorCode.E_SYSTEM_001, message + " cause=" + cause, cause);
  }
}
