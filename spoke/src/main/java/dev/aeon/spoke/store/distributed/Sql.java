package dev.aeon.spoke.store.distributed;

import com.zaxxer.hikari.pool.HikariPool;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.store.StoreFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;

/** Single statements, each a transaction of its own. Thread-safe. */
final class Sql {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String CONNECTION_CLASS = "08";
  private static final String SHUTDOWN_CLASS = "57P";

  private final DataSource source;

  Sql(DataSource source) {
    this.source = source;
  }

  /** Reads a row; called with the cursor on it. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** A row of that key is there already. */
  static final class UniquenessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UniquenessException(SQLException cause) {
      super(cause);
    }
  }

  <T> List<T> query(String text, RowReader<T> reader, Object... arguments) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = prepare(connection, text, arguments);
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(reader.read(rows));
      }
      return found;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** The number of rows that it changed. */
  int update(String text, Object... arguments) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = prepare(connection, text, arguments)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw new UniquenessException(e);
      }
      throw failure(e);
    }
  }

  private static PreparedStatement prepare(Connection connection, String text, Object... arguments)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    try {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  /** What callers are told of it. */
  static SpokeException failure(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    boolean isAway =
        e instanceof SQLTransientConnectionException
            || state.startsWith(CONNECTION_CLASS)
            || state.startsWith(SHUTDOWN_CLASS);
    return isAway
        ? StoreFailure.unavailable("the database cannot be reached", e)
        : StoreFailure.of("the database failed", e);
  }

  /** Runs what connects for the first time. */
  static <T> T unavailableWhere(Supplier<T> connect) {
    try {
      return connect.get();
    } catch (HikariPool.PoolInitializationException | FlywayException e) {
      throw StoreFailure.unavailable("the database cannot be used", e);
    }
  }
}
