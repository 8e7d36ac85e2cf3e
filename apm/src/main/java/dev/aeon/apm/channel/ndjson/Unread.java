package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.ndjson.CursorFile.Place;
import dev.aeon.apm.internal.NewestPositions;
import dev.aeon.apm.message.MessageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the receiver's place, which its process keeps in a file, is still before the newest
 * messages of a channel. Thread-safe.
 */
final class Unread {
  private static final Logger LOG = LoggerFactory.getLogger(Unread.class);

  private final ChannelDirectory directory;
  private final Path cursor;
  private final Path messages;
  private final NewestPositions positions = new NewestPositions();

  /** Of what a writer before this one appended; read when it is asked for first. */
  private @Nullable NewestPositions earlier;

  /**
   * Of a channel.
   *
   * @param reader under what name the receiver keeps its place
   */
  Unread(ChannelDirectory directory, String reader) {
    this.directory = directory;
    this.cursor = directory.cursor(reader);
    this.messages = directory.messages();
  }

  /** Notes that a message begins at {@code position}; of several copies the last counts. */
  void appended(MessageId messageId, long position) {
    positions.put(messageId, position);
  }

  /** Wakes the receiver where it has not settled the message; false where it has, or who knows. */
  boolean remind(MessageId messageId) {
    try {
      OptionalLong position = find(messageId);
      if (position.isEmpty()) {
        return false;
      }
      if (isBefore(position.getAsLong())) {
        ring();
        return true;
      }
      positions.forget(messageId);
    } catch (IOException e) {
      LOG.debug("cannot tell whether it was read: messageId={}", messageId, e);
    }
    return false;
  }

  private OptionalLong find(MessageId messageId) throws IOException {
    OptionalLong position = positions.find(messageId);
    return position.isPresent() ? position : earlier().find(messageId);
  }

  private synchronized NewestPositions earlier() throws IOException {
    NewestPositions known = earlier;
    if (known == null) {
      known = EarlierPositions.read(directory);
      earlier = known;
    }
    return known;
  }

  private boolean isBefore(long position) throws IOException {
    try {
      Place place = CursorFile.place(cursor).orElse(Place.BEGINNING);
      return position >= place.position() && !place.settledAbove().contains(position);
    } catch (NoSuchFileException _) {
      return true; // the receiver was never there
    }
  }

  /** Followers are told of every change of the directory's files, of a new time too. */
  private void ring() throws IOException {
    if (Files.exists(messages, LinkOption.NOFOLLOW_LINKS)) {
      Files.setLastModifiedTime(messages, FileTime.from(Instant.now()));
    }
  }
}
