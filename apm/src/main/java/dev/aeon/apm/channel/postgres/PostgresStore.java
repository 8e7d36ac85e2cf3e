package dev.aeon.apm.channel.postgres;

import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.internal.BatchingChannel.Append;
import dev.aeon.apm.internal.BatchingChannel.Store;
import dev.aeon.apm.internal.CopyKey;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.schema.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Inserts batches, a transaction each; connects anew after a failure. Confined to one thread. */
final class PostgresStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresStore.class);
  private static final int MAX_BATCH_SIZE = 256;
  private static final long MAX_BATCH_BYTES = 8L << 20;
  private static final String STORAGE_FULL = "53100";
  private static final String INSERT =
      """
      INSERT INTO apm_messages (sender, receiver, message_key, line) VALUES (?, ?, ?, ?)
        ON CONFLICT DO NOTHING
      """;

  private static final String RING_WHERE_IT_WAITS =
      """
      SELECT pg_notify(?, '') FROM apm_messages
        WHERE receiver = ? AND sender = ? AND starts_with(message_key, ?) AND settled_at IS NULL
        LIMIT 1
      """;

  private final DataSource dataSource;
  private final AgentId sender;
  private final AgentId receiver;
  private @Nullable Connection connection;

  PostgresStore(DataSource dataSource, AgentId sender, AgentId receiver) {
    this.dataSource = dataSource;
    this.sender = sender;
    this.receiver = receiver;
  }

  @Override
  public void store(List<Append> batch) {
    int from = 0;
    while (from < batch.size()) {
      int to = end(batch, from);
      transact(batch.subList(from, to));
      from = to;
    }
  }

  /** Over a connection for this alone: the other one is the channel's thread's. */
  @Override
  public boolean remind(MessageId messageId) {
    try (Connection asking = dataSource.getConnection();
        PreparedStatement ring = asking.prepareStatement(RING_WHERE_IT_WAITS)) {
      ring.setString(1, Doorbell.of(receiver));
      ring.setString(2, receiver.value());
      ring.setString(3, sender.value());
      ring.setString(4, CopyKey.prefix(messageId));
      return rings(ring);
    } catch (SQLException e) {
      LOG.debug("cannot tell whether it was settled: messageId={}", messageId, e);
      return false;
    }
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (SQLException e) {
      LOG.debug("cannot close a connection", e);
    }
  }

  private static int end(List<Append> batch, int from) {
    int to = from;
    long byteSize = 0;
    while (to < batch.size() && to - from < MAX_BATCH_SIZE && byteSize < MAX_BATCH_BYTES) {
      byteSize += batch.get(to).message().line().length;
      to++;
    }
    return to;
  }

  private void transact(List<Append> batch) {
    try {
      Connection open = connected();
      insert(open, batch);
      open.commit();
      batch.forEach(Append::succeed);
    } catch (SQLException e) {
      close();
      ErrorCode code =
          STORAGE_FULL.equals(e.getSQLState()) ? ErrorCode.E_SYSTEM_002 : ErrorCode.E_ROUTING_003;
      ChannelException failure =
          new ChannelException(code, "not stored: receiver=" + receiver + " cause=" + e, e);
      batch.forEach(append -> append.fail(failure));
    }
  }

  private void insert(Connection open, List<Append> batch) throws SQLException {
    try (Statement statement = open.createStatement();
        PreparedStatement insert = open.prepareStatement(INSERT)) {
      if (batch.stream().noneMatch(Append::isDurable)) {
        statement.execute("SET LOCAL synchronous_commit = off");
      }
      for (Append append : batch) {
        insert.setString(1, sender.value());
        insert.setString(2, receiver.value());
        insert.setString(3, CopyKey.of(append.message()));
        insert.setBytes(4, append.message().line());
        insert.addBatch();
      }
      insert.executeBatch();
      statement.execute("NOTIFY " + Doorbell.of(receiver));
    }
  }

  private static boolean rings(PreparedStatement ring) throws SQLException {
    try (ResultSet result = ring.executeQuery()) {
      return result.next();
    }
  }

  private Connection connected() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = dataSource.getConnection();
      connection = open;
      open.setAutoCommit(false);
    }
    return open;
  }
}
