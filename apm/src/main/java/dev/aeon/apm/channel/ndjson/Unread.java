package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.ndjson.CursorFile.Place;
import dev.aeon.apm.message.MessageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the newest {@value #MAX_MESSAGES} messages of a channel begin, and whether the receiver's
 * place, which its process keeps in a file, is still before them. Thread-safe.
 */
final class Unread {
  static final int MAX_MESSAGES = 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Unread.class);

  private final Path cursor;
  private final Path messages;
  private final Map<MessageId, Long> positions = new LinkedHashMap<>();

  /**
   * Of a channel.
   *
   * @param reader under what name the receiver keeps its place
   */
  Unread(ChannelDirectory directory, String reader) {
    this.cursor = directory.cursor(reader);
    this.messages = directory.messages();
  }

  /** Notes that a message begins at {@code position}; of several copies the last counts. */
  synchronized void appended(MessageId messageId, long position) {
    positions.remove(messageId);
    positions.put(messageId, position);
    if (positions.size() > MAX_MESSAGES) {
      positions.remove(positions.keySet().iterator().next());
    }
  }

  /** Wakes the receiver where it has not settled the message; false where it has, or who knows. */
  boolean remind(MessageId messageId) {
    Long position = position(messageId);
    if (position == null) {
      return false;
    }
    try {
      if (isBefore(position)) {
        ring();
        return true;
      }
      forget(messageId);
    } catch (IOException e) {
      LOG.debug("cannot tell whether it was read: messageId={}", messageId, e);
    }
    return false;
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

  private synchronized @Nullable Long position(MessageId messageId) {
    return positions.get(messageId);
  }

  private synchronized void forget(MessageId messageId) {
    positions.remove(messageId);
  }
}
