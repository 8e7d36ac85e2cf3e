package dev.aeon.apm.cli;

import dev.aeon.apm.channel.Archive;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Quarantine;
import dev.aeon.apm.channel.postgres.PostgresArchive;
import dev.aeon.apm.channel.postgres.PostgresChannels;
import dev.aeon.apm.channel.postgres.PostgresOptions;
import dev.aeon.apm.schema.ErrorCode;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A table of a database. */
record PostgresBackend(DataSource dataSource) implements Backend {
  /** As {@code jdbc:postgresql://host/database?user=…} says. */
  static PostgresBackend at(String url) {
    try {
      PGSimpleDataSource dataSource = new PGSimpleDataSource();
      dataSource.setUrl(url);
      return new PostgresBackend(dataSource);
    } catch (IllegalArgumentException e) {
      throw CliException.refused(
          ErrorCode.E_VALIDATION_004, "not a database's address: cause=" + e.getMessage());
    }
  }

  @Override
  public Archive archive() {
    return new PostgresArchive(dataSource);
  }

  @Override
  public Channels channels(Quarantine quarantine) {
    return new PostgresChannels(dataSource, PostgresOptions.defaults());
  }

  @Override
  public void close() {}
}
