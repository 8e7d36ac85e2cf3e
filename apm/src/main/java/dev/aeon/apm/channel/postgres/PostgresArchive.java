package dev.aeon.apm.channel.postgres;

import dev.aeon.apm.channel.Archive;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.ChannelName;
import dev.aeon.apm.channel.ChannelStatus;
import dev.aeon.apm.channel.ChannelStatus.Reader;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.Scan;
import dev.aeon.apm.schema.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * What the table of {@link PostgresChannels} keeps, read in transactions that may only read.
 * Positions are the table's, which all its channels share.
 */
public final class PostgresArchive implements Archive {
  private static final String NO_SUCH_TABLE = "42P01";
  private static final String CHANNELS =
      "SELECT DISTINCT sender, receiver FROM apm_messages ORDER BY sender, receiver";
  private static final String STATUS =
      """
      SELECT coalesce(min(position), 0), coalesce(max(position), 0) + 1,
          coalesce(sum(length(line)), 0), min(position) FILTER (WHERE settled_at IS NULL)
        FROM apm_messages WHERE sender = ? AND receiver = ?
      """;
  private static final String SETTLED_ABOVE =
      """
      SELECT count(*) FROM apm_messages
        WHERE sender = ? AND receiver = ? AND position > ? AND settled_at IS NOT NULL
      """;

  private final DataSource dataSource;

  /** Over a database in which {@link PostgresChannels} keep their messages. */
  public PostgresArchive(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public List<ChannelName> channels() {
    try (Connection connection = looking();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(CHANNELS)) {
      List<ChannelName> names = new ArrayList<>();
      while (result.next()) {
        ChannelName.parse(result.getString(1) + "_to_" + result.getString(2)).ifPresent(names::add);
      }
      return names;
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  @Override
  public ChannelStatus status(ChannelName name) {
    try (Connection connection = looking();
        PreparedStatement status = of(name, connection, STATUS);
        ResultSet result = status.executeQuery()) {
      result.next();
      long end = result.getLong(2);
      long waiting = result.getLong(4);
      long place = result.wasNull() ? end : waiting;
      return new ChannelStatus(
          name,
          result.getLong(1),
          end,
          OptionalLong.of(result.getLong(3)),
          0,
          List.of(
              new Reader(name.receiver().value(), place, settledAbove(name, place, connection))));
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  @Override
  public Scan scan(Predicate<ChannelName> wanted, InboxListener listener) {
    return PostgresScan.open(this, Integer.MAX_VALUE, wanted, listener);
  }

  @Override
  public Scan scanLast(int lineCount, Predicate<ChannelName> wanted, InboxListener listener) {
    return PostgresScan.open(this, lineCount, wanted, listener);
  }

  /** A connection of which every transaction is one that reads. */
  Connection looking() throws SQLException {
    Connection connection = dataSource.getConnection();
    connection.setReadOnly(true);
    return connection;
  }

  static ChannelException unreadable(SQLException cause) {
    boolean isMissing = NO_SUCH_TABLE.equals(cause.getSQLState());
    return new ChannelException(
        ErrorCode.E_ROUTING_003,
        (isMissing ? "no agents have sent by this database: cause=" : "cannot read: cause=")
            + cause.getMessage(),
        cause);
  }

  private static long settledAbove(ChannelName name, long place, Connection connection)
      throws SQLException {
    try (PreparedStatement count = of(name, connection, SETTLED_ABOVE)) {
      count.setLong(3, place);
      try (ResultSet result = count.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  private static PreparedStatement of(ChannelName name, Connection connection, String query)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(query);
    statement.setString(1, name.sender().value());
    statement.setString(2, name.receiver().value());
    return statement;
  }
}
