package dev.aeon.spoke.store.distributed;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.aeon.spoke.model.Change;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.SchemaDigest;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionManifest;
import dev.aeon.spoke.store.ManifestText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;

/**
 * Who is what, in tables: versions and their order, what was compiled of them, modules' settings. A
 * version and its place in the order are one row, so that it is there whole or not at all.
 */
final class VersionDatabase implements AutoCloseable {
  private static final String MIGRATIONS = "classpath:META-INF/spoke/database";

  /** The one row of {@code publication} is locked until the commit, so that order has no gaps. */
  private static final String PUBLISH =
      """
      WITH next AS (
        UPDATE publication SET last_sequence = last_sequence + 1
          WHERE NOT EXISTS (SELECT FROM module_version WHERE module = ? AND version = ?)
          RETURNING last_sequence)
      INSERT INTO module_version
        (sequence, module, version, digest, created_at, manifest, descriptors)
        SELECT last_sequence, ?, ?, ?, ?, ?, ? FROM next
      """;

  private final HikariDataSource pool;
  private final Sql sql;
  private final DatabaseWorkBoard board;

  private VersionDatabase(HikariDataSource pool) {
    this.pool = pool;
    this.sql = new Sql(pool);
    this.board = new DatabaseWorkBoard(pool);
  }

  /** Connects, and brings the tables up to date; several servers may do so at once. */
  static VersionDatabase open(DistributedOptions options) {
    HikariDataSource pool = Sql.unavailableWhere(() -> new HikariDataSource(configOf(options)));
    try {
      Sql.unavailableWhere(
          () -> Flyway.configure().dataSource(pool).locations(MIGRATIONS).load().migrate());
      return new VersionDatabase(pool);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  private static HikariConfig configOf(DistributedOptions options) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(options.database());
    setWherePresent("PGUSER", config::setUsername);
    setWherePresent("PGPASSWORD", config::setPassword);
    config.setMaximumPoolSize(options.connections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(options.patience().toMillis());
    config.setPoolName("spoke");
    // A push that was answered is on disk, whatever the database's own default.
    config.setConnectionInitSql("SET synchronous_commit = on");
    return config;
  }

  private static void setWherePresent(String variable, java.util.function.Consumer<String> to) {
    String value = System.getenv(variable);
    if (value != null) {
      to.accept(value);
    }
  }

  /** What workers on this database tell each other. */
  DatabaseWorkBoard board() {
    return board;
  }

  /** Whether this call published it; not where the version exists. */
  boolean publish(VersionManifest version, SchemaDigest descriptors) {
    try {
      return sql.update(
              PUBLISH,
              version.module().value(),
              version.version().toString(),
              version.module().value(),
              version.version().toString(),
              version.digest().value(),
              Timestamp.from(version.createdAt()),
              ManifestText.write(version),
              descriptors.value())
          == 1;
    } catch (Sql.UniquenessException e) {
      return false;
    }
  }

  /** A version, and the digest of what it compiles to. */
  record Row(VersionManifest manifest, SchemaDigest descriptors) {}

  Optional<Row> find(ModuleName module, Version version) {
    return sql
        .query(
            "SELECT manifest, descriptors FROM module_version WHERE module = ? AND version = ?",
            row -> new Row(ManifestText.read(row.getBytes(1)), new SchemaDigest(row.getString(2))),
            module.value(),
            version.toString())
        .stream()
        .findFirst();
  }

  List<Change> changes(long afterSequence, int limit) {
    return sql.query(
        """
        SELECT sequence, module, version, digest, created_at FROM module_version
          WHERE sequence > ? ORDER BY sequence LIMIT ?
        """,
        VersionDatabase::change,
        afterSequence,
        limit);
  }

  private static Change change(ResultSet row) throws SQLException {
    return new Change(
        row.getLong(1),
        new ModuleName(row.getString(2)),
        Version.parse(row.getString(3)),
        new SchemaDigest(row.getString(4)),
        row.getTimestamp(5).toInstant());
  }

  long lastSequence() {
    return sql.query("SELECT last_sequence FROM publication", row -> row.getLong(1)).getFirst();
  }

  Optional<byte[]> settings(ModuleName module) {
    return sql
        .query(
            "SELECT settings FROM module_settings WHERE module = ?",
            row -> row.getBytes(1),
            module.value())
        .stream()
        .findFirst();
  }

  void saveSettings(ModuleName module, byte[] settings) {
    sql.update(
        """
        INSERT INTO module_settings (module, settings) VALUES (?, ?)
          ON CONFLICT (module) DO UPDATE SET settings = EXCLUDED.settings
        """,
        module.value(),
        settings);
  }

  Optional<SchemaDigest> artifact(ModuleName module, Version version, Language language) {
    return sql
        .query(
            "SELECT object FROM artifact WHERE module = ? AND version = ? AND language = ?",
            row -> new SchemaDigest(row.getString(1)),
            module.value(),
            version.toString(),
            language.id())
        .stream()
        .findFirst();
  }

  /** Keeps an artifact of a version that exists, unless there is one. */
  void saveArtifact(ModuleName module, Version version, Language language, SchemaDigest object) {
    sql.update(
        """
        INSERT INTO artifact (module, version, language, object) VALUES (?, ?, ?, ?)
          ON CONFLICT DO NOTHING
        """,
        module.value(),
        version.toString(),
        language.id(),
        object.value());
  }

  @Override
  public void close() {
    board.close();
    pool.close();
  }
}
