package dev.aeon.apm.channel.postgres;

import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.Source;
import dev.aeon.apm.internal.ReceivedLine;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.schema.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.postgresql.PGConnection;

/**
 * What one inbox has claimed over one connection. The connection holds a lock by the agent's name,
 * which the server takes back when the process dies: whatever an inbox before this claimed and did
 * not settle is free to be claimed then. Confined to one thread but for settling.
 */
final class Claims implements AutoCloseable {
  static final int MAX_UNSETTLED = 1024;
  private static final int BATCH_SIZE = 64;
  private static final int WAIT_MILLIS = 100;
  private static final int WAIT_FOR_SETTLEMENTS_MILLIS = 5;
  private static final long CLEAN_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final String CLAIM =
      """
      UPDATE apm_messages SET claimed_by = ?
        WHERE position IN (
          SELECT position FROM apm_messages
            WHERE receiver = ? AND settled_at IS NULL AND claimed_by <> ?
            ORDER BY position LIMIT ? FOR UPDATE SKIP LOCKED)
        RETURNING position, sender, line
      """;
  private static final String SETTLE =
      "UPDATE apm_messages SET settled_at = now() WHERE position = ANY (?)";
  private static final String CLEAN =
      """
      DELETE FROM apm_messages
        WHERE receiver = ? AND settled_at < now() - ? * interval '1 millisecond'
      """;

  private final Connection connection;
  private final AgentId receiver;
  private final PostgresOptions options;
  private final long claimant = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  private final Queue<Long> settled = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unsettledCount = new AtomicInteger();
  private long cleanedAtNanos = System.nanoTime() - CLEAN_INTERVAL_NANOS;
  private volatile boolean closed;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(long position, String sender, byte[] line) {}

  private Claims(Connection connection, AgentId receiver, PostgresOptions options) {
    this.connection = connection;
    this.receiver = receiver;
    this.options = options;
  }

  /**
   * Takes over the connection.
   *
   * @throws ChannelException E_SYSTEM_004 where another inbox of that agent is open
   */
  static Claims open(Connection connection, AgentId receiver, PostgresOptions options)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(true);
      if (!isLocked(statement, receiver)) {
        connection.close();
        throw new ChannelException(
            ErrorCode.E_SYSTEM_004, "an inbox of this agent is open: agentId=" + receiver);
      }
      statement.execute("LISTEN " + Doorbell.of(receiver));
      return new Claims(connection, receiver, options);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static boolean isLocked(Statement statement, AgentId receiver) throws SQLException {
    try (ResultSet result =
        statement.executeQuery("SELECT pg_try_advisory_lock(" + Doorbell.key(receiver) + ")")) {
      return result.next() && result.getBoolean(1);
    }
  }

  /** Delivers what can be claimed now, or waits for a while where that is nothing. */
  void deliver(InboxListener listener, BooleanSupplier isOpen) throws SQLException {
    saveSettlements();
    List<Row> rows = unsettledCount.get() < MAX_UNSETTLED ? claim() : List.of();
    for (Row row : rows) {
      if (!isOpen.getAsBoolean()) {
        return;
      }
      deliver(row, listener);
    }
    if (rows.isEmpty()) {
      clean();
      boolean isWorking = unsettledCount.get() > 0;
      connection
          .unwrap(PGConnection.class)
          .getNotifications(isWorking ? WAIT_FOR_SETTLEMENTS_MILLIS : WAIT_MILLIS);
    }
  }

  /** Writes what is settled, and gives back the rest with the connection. */
  @Override
  public void close() throws SQLException {
    closed = true;
    try (connection;
        Statement statement = connection.createStatement()) {
      saveSettlements();
      statement.execute("UNLISTEN *");
      statement.execute("SELECT pg_advisory_unlock(" + Doorbell.key(receiver) + ")");
    }
  }

  private List<Row> claim() throws SQLException {
    try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
      claim.setLong(1, claimant);
      claim.setString(2, receiver.value());
      claim.setLong(3, claimant);
      claim.setInt(4, BATCH_SIZE);
      List<Row> rows = new ArrayList<>();
      try (ResultSet result = claim.executeQuery()) {
        while (result.next()) {
          rows.add(new Row(result.getLong(1), result.getString(2), result.getBytes(3)));
        }
      }
      rows.sort(Comparator.comparingLong(Row::position));
      return rows;
    }
  }

  private void deliver(Row row, InboxListener listener) {
    Source source = new Source(row.sender() + "_to_" + receiver, row.position());
    unsettledCount.incrementAndGet();
    ReceivedLine.deliver(listener, source, row.line(), new Settlement(row.position()));
  }

  private void saveSettlements() throws SQLException {
    List<Long> positions = new ArrayList<>();
    for (Long position = settled.poll(); position != null; position = settled.poll()) {
      positions.add(position);
    }
    if (positions.isEmpty()) {
      return;
    }
    try (PreparedStatement settle = connection.prepareStatement(SETTLE)) {
      settle.setArray(1, connection.createArrayOf("bigint", positions.toArray()));
      settle.executeUpdate();
    }
  }

  private void clean() throws SQLException {
    if (System.nanoTime() - cleanedAtNanos < CLEAN_INTERVAL_NANOS) {
      return;
    }
    cleanedAtNanos = System.nanoTime();
    try (PreparedStatement clean = connection.prepareStatement(CLEAN)) {
      clean.setString(1, receiver.value());
      clean.setLong(2, options.retention().toMillis());
      clean.executeUpdate();
    }
  }

  /** Settles one row, once. */
  private final class Settlement implements Runnable {
    private final long position;
    private boolean done;

    Settlement(long position) {
      this.position = position;
    }

    @Override
    public synchronized void run() {
      if (!done && !closed) {
        done = true;
        unsettledCount.decrementAndGet();
        settled.add(position);
      }
    }
  }
}
