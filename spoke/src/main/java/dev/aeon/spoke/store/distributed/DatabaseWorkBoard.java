package dev.aeon.spoke.store.distributed;

import dev.aeon.spoke.store.WorkBoard;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.AbstractMap.SimpleEntry;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A board that machines share. A claim is an advisory lock of one connection, which all claims of
 * this board have in common: the database lets go of them when the connection ends, as it does soon
 * after its process or its machine has died.
 */
final class DatabaseWorkBoard implements WorkBoard, AutoCloseable {
  private static final String LOCK_OF_KEY = "hashtextextended(current_schema() || '/' || ?, 0)";
  private static final int SECONDS_TO_NOTICE = 5;

  private final DataSource source;
  private final Sql sql;
  private final Set<String> held = new HashSet<>();
  private @Nullable Connection session;

  DatabaseWorkBoard(DataSource source) {
    this.source = source;
    this.sql = new Sql(source);
  }

  @Override
  public synchronized Optional<Claim> claim(String key) {
    if (held.contains(key) || !inSession("SELECT pg_try_advisory_lock(" + LOCK_OF_KEY + ")", key)) {
      return Optional.empty();
    }
    held.add(key);
    return Optional.of(() -> release(key));
  }

  private synchronized void release(String key) {
    held.remove(key);
    if (session != null) {
      inSession("SELECT pg_advisory_unlock(" + LOCK_OF_KEY + ")", key);
    }
  }

  /** Where the connection was lost, so were its locks; the next claim is made by another. */
  private boolean inSession(String text, String key) {
    try {
      Connection connection = session();
      try (PreparedStatement statement = connection.prepareStatement(text)) {
        statement.setString(1, key);
        try (ResultSet row = statement.executeQuery()) {
          return row.next() && row.getBoolean(1);
        }
      }
    } catch (SQLException e) {
      drop();
      throw Sql.failure(e);
    }
  }

  private Connection session() throws SQLException {
    Connection known = session;
    if (known != null && (!held.isEmpty() || known.isValid(SECONDS_TO_NOTICE))) {
      return known;
    }
    drop();
    Connection opened = source.getConnection();
    session = opened;
    return opened;
  }

  private void drop() {
    try (Connection _ = session) {
      session = null;
    } catch (SQLException e) {
      throw Sql.failure(e);
    }
  }

  @Override
  public boolean isClaimed(String key) {
    return !sql.query(
            """
            SELECT FROM pg_locks
              WHERE locktype = 'advisory' AND objsubid = 1
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND classid::bigint << 32 | objid::bigint = %s
            """
                .formatted(LOCK_OF_KEY),
            row -> key,
            key)
        .isEmpty();
  }

  @Override
  public void write(String topic, String key, byte[] note) {
    sql.update(
        """
        INSERT INTO work_note (topic, key, note) VALUES (?, ?, ?)
          ON CONFLICT (topic, key) DO UPDATE SET note = EXCLUDED.note
        """,
        topic,
        key,
        note);
  }

  @Override
  public void erase(String topic, String key) {
    sql.update("DELETE FROM work_note WHERE topic = ? AND key = ?", topic, key);
  }

  @Override
  public SortedMap<String, byte[]> notes(String topic) {
    SortedMap<String, byte[]> notes = new TreeMap<>();
    sql.query(
            "SELECT key, note FROM work_note WHERE topic = ?",
            row -> new SimpleEntry<>(row.getString(1), row.getBytes(2)),
            topic)
        .forEach(each -> notes.put(each.getKey(), each.getValue()));
    return notes;
  }

  /** Ends all claims. */
  @Override
  public synchronized void close() {
    held.clear();
    drop();
  }
}
