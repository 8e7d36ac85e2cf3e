package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.internal.NewestPositions;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import java.io.IOException;

/** Finds where the newest messages of a channel lie, whoever wrote them. Confined to one thread. */
final class EarlierPositions implements InboxListener {
  private final NewestPositions positions = new NewestPositions();

  private EarlierPositions() {}

  /** Reads the end of the channel. */
  static NewestPositions read(ChannelDirectory directory) throws IOException {
    EarlierPositions found = new EarlierPositions();
    byte[] buffer = new byte[Follower.BUFFER_BYTE_SIZE];
    Cursor cursor = Cursor.forgetfulFrom(start(directory));
    try (Follower follower = new Follower(directory, Commits.ignored(), cursor, buffer, found)) {
      while (follower.advance()) {}
    }
    return found.positions;
  }

  private static long start(ChannelDirectory directory) throws IOException {
    try (ChannelLog log = new ChannelLog(directory)) {
      return LastLines.start(log, NewestPositions.MAX_MESSAGES);
    }
  }

  @Override
  public void onLine(Delivery delivery) {
    try {
      Message message = Message.of(JsonObject.parse(delivery.line()));
      positions.put(message.messageId(), delivery.source().position());
    } catch (InvalidMessageException _) {
      // Nobody sends it again.
    }
  }

  @Override
  public void onMalformed(BadInput input) {}
}
