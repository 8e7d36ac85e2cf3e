package dev.aeon.apm.channel.postgres;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.internal.BatchingChannel;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.schema.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Channels in a table of a PostgreSQL database:
 *
 * <pre>
 * apm_messages
 *   position     identity, the order of appends of one sender
 *   sender, receiver, message_key   unique together: a message that is appended again is not stored again
 *   line         the message's bytes
 *   claimed_by   the inbox that has it, settled_at   null while unhandled
 * </pre>
 *
 * <p>A batch of appends is one transaction. An inbox claims what nobody works on ({@code FOR UPDATE
 * SKIP LOCKED}), woken by {@code NOTIFY}, which is a doorbell and carries nothing. Each channel and
 * each inbox uses one connection of its own for as long as it is open. Thread-safe.
 */
public final class PostgresChannels implements Channels {
  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS apm_messages (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        sender text NOT NULL,
        receiver text NOT NULL,
        message_key text COLLATE "C" NOT NULL,
        line bytea NOT NULL,
        appended_at timestamptz NOT NULL DEFAULT now(),
        claimed_by bigint NOT NULL DEFAULT 0,
        settled_at timestamptz,
        UNIQUE (receiver, sender, message_key))
      """;
  private static final String WAITING =
      """
      CREATE INDEX IF NOT EXISTS apm_messages_waiting ON apm_messages (receiver, position)
        WHERE settled_at IS NULL
      """;
  private static final String SETTLED =
      """
      CREATE INDEX IF NOT EXISTS apm_messages_settled ON apm_messages (receiver, settled_at)
        WHERE settled_at IS NOT NULL
      """;

  /** Two who make the table at once would meet in the catalogs. */
  private static final String ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(4702111234474983745)";

  private final DataSource dataSource;
  private final PostgresOptions options;

  /**
   * Over a database, in which the table is made where it is not there.
   *
   * @param dataSource of the driver itself or a pool whose connections unwrap to it
   * @throws ChannelException E_ROUTING_003 where the database cannot be reached
   */
  public PostgresChannels(DataSource dataSource, PostgresOptions options) {
    this.dataSource = dataSource;
    this.options = options;
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      makeTable(connection);
      connection.commit();
    } catch (SQLException e) {
      throw unavailable("cannot make the table", e);
    }
  }

  /** The sending end; connects at the first append. */
  @Override
  public Channel open(AgentId sender, AgentId receiver) {
    PostgresStore store = new PostgresStore(dataSource, sender, receiver);
    return new BatchingChannel(sender + "_to_" + receiver, options.durability(), store);
  }

  /**
   * The receiving end, which goes on where it was.
   *
   * @throws ChannelException E_SYSTEM_004 where an inbox of that agent is open, E_ROUTING_003 where
   *     the database cannot be reached
   */
  @Override
  public Inbox listen(AgentId receiver, InboxListener listener) {
    try {
      return PostgresInbox.open(dataSource, options, receiver, listener);
    } catch (SQLException e) {
      throw unavailable("cannot listen: receiver=" + receiver, e);
    }
  }

  static ChannelException unavailable(String message, SQLException cause) {
    return new ChannelException(ErrorCode.E_ROUTING_003, message + " cause=" + cause, cause);
  }

  private static void makeTable(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(ONE_AT_A_TIME);
      statement.execute(TABLE);
      statement.execute(WAITING);
      statement.execute(SETTLED);
    }
  }
}
