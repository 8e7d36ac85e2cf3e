package dev.aeon.apm.channel.postgres;

import dev.aeon.apm.channel.ChannelName;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.Scan;
import dev.aeon.apm.channel.Source;
import dev.aeon.apm.internal.ReceivedLine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Predicate;

/** Asks for the rows after those it has seen, some at a time. */
final class PostgresScan implements Scan {
  private static final int BATCH_SIZE = 64;
  private static final long LOOK_MILLIS = 100;
  private static final String FIRST =
      """
      SELECT coalesce(min(position), 0) FROM (
        SELECT position, row_number() OVER (
            PARTITION BY sender, receiver ORDER BY position DESC) AS last
          FROM apm_messages) AS numbered
        WHERE last <= ?
      """;
  private static final String END = "SELECT coalesce(max(position), 0) + 1 FROM apm_messages";
  private static final String ROWS =
      """
      SELECT position, sender, receiver, line, appended_at > now() - interval '1 minute'
        FROM apm_messages
      """;
  private static final String LATE = ROWS + " WHERE position = ANY (?) ORDER BY position";
  private static final String NEXT = ROWS + " WHERE position > ? ORDER BY position LIMIT ?";

  private final Connection connection;
  private final Predicate<ChannelName> wanted;
  private final InboxListener listener;
  private final LatePositions late = new LatePositions();
  private long seen;

  private PostgresScan(
      Connection connection, long seen, Predicate<ChannelName> wanted, InboxListener listener) {
    this.connection = connection;
    this.seen = seen;
    this.wanted = wanted;
    this.listener = listener;
  }

  /** From where every channel's last {@code lineCount} messages are still to come. */
  static PostgresScan open(
      PostgresArchive archive,
      int lineCount,
      Predicate<ChannelName> wanted,
      InboxListener listener) {
    try {
      Connection connection = archive.looking();
      try {
        return new PostgresScan(connection, start(lineCount, connection) - 1, wanted, listener);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw PostgresArchive.unreadable(e);
    }
  }

  @Override
  public boolean advance() {
    try {
      boolean isNews = readLate() > 0;
      while (readNext() > 0) {
        isNews = true;
      }
      return isNews;
    } catch (SQLException e) {
      throw PostgresArchive.unreadable(e);
    }
  }

  @Override
  public void await() throws InterruptedException {
    Thread.sleep(LOOK_MILLIS);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw PostgresArchive.unreadable(e);
    }
  }

  private static long start(int lineCount, Connection connection) throws SQLException {
    try (PreparedStatement start = connection.prepareStatement(lineCount == 0 ? END : FIRST)) {
      if (lineCount > 0) {
        start.setInt(1, lineCount);
      }
      try (ResultSet result = start.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  /** Those that were passed over and are there now; answers how many. */
  private int readLate() throws SQLException {
    Long[] positions = late.at(System.nanoTime());
    if (positions.length == 0) {
      return 0;
    }
    try (PreparedStatement query = connection.prepareStatement(LATE)) {
      query.setArray(1, connection.createArrayOf("bigint", positions));
      return deliverAll(query);
    }
  }

  private int readNext() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(NEXT)) {
      query.setLong(1, seen);
      query.setInt(2, BATCH_SIZE);
      return deliverAll(query);
    }
  }

  private int deliverAll(PreparedStatement query) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      int count = 0;
      while (rows.next()) {
        count++;
        deliver(rows);
      }
      return count;
    }
  }

  private void deliver(ResultSet row) throws SQLException {
    long position = row.getLong(1);
    late.found(position);
    if (position > seen) {
      boolean isNew = row.getBoolean(5);
      if (isNew && seen > 0) {
        late.passOver(seen, position, System.nanoTime());
      }
      seen = position;
    }
    byte[] line = row.getBytes(4);
    ChannelName.parse(row.getString(2) + "_to_" + row.getString(3))
        .filter(wanted)
        .ifPresent(name ->
            ReceivedLine.deliver(listener, new Source(name.toString(), position), line, () -> {}));
  }
}
