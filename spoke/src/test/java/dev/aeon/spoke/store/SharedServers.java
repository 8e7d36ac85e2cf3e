package dev.aeon.spoke.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A database and a bucket, which servers and workers share. */
public final class SharedServers implements AutoCloseable {
  private final PostgresServer database;
  private final ObjectServer objects;

  private SharedServers(PostgresServer database, ObjectServer objects) {
    this.database = database;
    this.objects = objects;
  }

  /** Starts both. */
  public static SharedServers start() throws Exception {
    return new SharedServers(PostgresServer.start(), ObjectServer.start());
  }

  public PostgresServer database() {
    return database;
  }

  /** The options by which a command is told of a store in them that nobody else has. */
  public List<String> newStore() throws Exception {
    String schema = database.newSchema().replace("jdbc:", "");
    String prefix = schema.substring(schema.lastIndexOf('=')).replace('=', '/');
    return List.of(
        "-database",
        schema,
        "-objects",
        "s3://" + ObjectServer.BUCKET + prefix,
        "-objects-endpoint",
        objects.uri().toString());
  }

  /** As {@link #newStore()}, with the folder of what is the command's own. */
  public List<String> newStore(Path folder) throws Exception {
    return Stream.concat(Stream.of("-storage-dir", folder.toString()), newStore().stream())
        .toList();
  }

  @Override
  public void close() throws IOException {
    objects.close();
    database.close();
  }
}
