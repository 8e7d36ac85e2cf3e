package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.internal.FoundPositions;
import dev.aeon.apm.internal.NewestPositions;
import java.io.IOException;

/** Finds where the newest messages of a channel lie, whoever wrote them. */
final class EarlierPositions {
  private EarlierPositions() {}

  /** Reads the end of the channel. */
  static NewestPositions read(ChannelDirectory directory) throws IOException {
    NewestPositions positions = new NewestPositions();
    FoundPositions found = new FoundPositions(positions);
    byte[] buffer = new byte[Follower.BUFFER_BYTE_SIZE];
    Cursor cursor = Cursor.forgetfulFrom(start(directory));
    try (Follower follower = new Follower(directory, Commits.ignored(), cursor, buffer, found)) {
      while (follower.advance()) {}
    }
    return positions;
  }

  private static long start(ChannelDirectory directory) throws IOException {
    try (ChannelLog log = new ChannelLog(directory)) {
      return LastLines.start(log, NewestPositions.MAX_MESSAGES);
    }
  }
}
