package dev.aeon.spoke.store.distributed;

import dev.aeon.spoke.model.SpokeException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a distributed store lies. Credentials are not among it: those of the database come from its
 * URL or from {@code PGUSER} and {@code PGPASSWORD}, those of the object store from where the AWS
 * SDK looks for them, such as {@code AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY}.
 *
 * @param database a JDBC URL, {@code jdbc:postgresql://…}
 * @param bucket an existing bucket
 * @param prefix what the keys of all objects begin with; empty, or ends with {@code /}
 * @param endpoint of an object store other than Amazon's
 * @param connections to the database, at most
 * @param patience how long a call waits for a connection, at least 250 ms
 */
public record DistributedOptions(
    String database,
    String bucket,
    String prefix,
    Optional<URI> endpoint,
    int connections,
    Duration patience) {
  private static final Logger LOG = LoggerFactory.getLogger(DistributedOptions.class);
  private static final String DATABASE_SCHEME = "jdbc:postgresql:";
  private static final int CONNECTIONS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * Checks the addresses.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where one is no such address
   */
  public DistributedOptions {
    if (!database.startsWith(DATABASE_SCHEME)) {
      throw invalid("a database is jdbc:postgresql://host/name", database);
    }
    if (connections < 1) {
      throw invalid("a store has at least one connection", Integer.toString(connections));
    }
  }

  /**
   * The options of addresses as people write them.
   *
   * @param database {@code jdbc:postgresql://host/name}, or the same without {@code jdbc:}
   * @param objects {@code s3://bucket} or {@code s3://bucket/prefix}
   * @param endpoint of an object store other than Amazon's
   * @throws SpokeException {@code INVALID_REQUEST} where one is no such address
   */
  public static DistributedOptions of(String database, String objects, Optional<URI> endpoint) {
    URI uri = parse(objects);
    String path = uri.getPath().replaceAll("^/+|/+$", "");
    return new DistributedOptions(
        database.startsWith("postgresql:") ? "jdbc:" + database : database,
        uri.getAuthority(),
        path.isEmpty() ? "" : path + "/",
        endpoint,
        CONNECTIONS,
        PATIENCE);
  }

  private static URI parse(String objects) {
    try {
      URI uri = new URI(objects);
      if ("s3".equals(uri.getScheme()) && uri.getAuthority() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      LOG.debug("no URI: {}", objects, e);
    }
    throw invalid("objects lie at s3://bucket/prefix", objects);
  }

  private static SpokeException invalid(String rule, String value) {
    return new SpokeException(
        SpokeException.Code.INVALID_REQUEST, rule + ", value=" + value.replaceAll("\\?.*", "?…"));
  }

  /** Without the parameters of the database's URL, among which a password may be. */
  @Override
  public String toString() {
    return database.replaceAll("\\?.*", "") + " and s3://" + bucket + "/" + prefix;
  }
}
