package dev.aeon.spoke.store.option;

import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.store.FileSystemStore;
import dev.aeon.spoke.store.SchemaStore;
import dev.aeon.spoke.store.distributed.DistributedOptions;
import dev.aeon.spoke.store.distributed.DistributedStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which store a command works on: a folder, or a database and a bucket that many share. */
public final class StoreOption {
  @Option(
      names = {"-storage-dir", "--storage-dir"},
      defaultValue = "spoke-storage",
      description =
          "folder of the store, and of what is this process's own (default: spoke-storage)")
  private Path folder = Path.of("spoke-storage");

  @Option(
      names = {"-database", "--database"},
      defaultValue = "${SPOKE_DATABASE}",
      paramLabel = "URL",
      description =
          "postgresql://HOST/NAME: keeps versions in this database instead of the folder, with"
              + " -objects; user and password in the URL or in PGUSER and PGPASSWORD"
              + " (default: SPOKE_DATABASE)")
  private @Nullable String database;

  @Option(
      names = {"-objects", "--objects"},
      defaultValue = "${SPOKE_OBJECTS}",
      paramLabel = "URL",
      description =
          "s3://BUCKET/PREFIX: where the bytes of files lie, with -database; credentials as the AWS"
              + " SDK finds them (default: SPOKE_OBJECTS)")
  private @Nullable String objects;

  @Option(
      names = {"-objects-endpoint", "--objects-endpoint"},
      defaultValue = "${SPOKE_OBJECTS_ENDPOINT}",
      paramLabel = "URL",
      description =
          "server of an S3-compatible store other than Amazon's (default: SPOKE_OBJECTS_ENDPOINT)")
  private @Nullable URI endpoint;

  /** For the command line to fill. */
  public StoreOption() {}

  /** The folder of the store, or, beside a distributed one, of what is this process's own. */
  public Path folder() {
    return folder;
  }

  /**
   * The distributed store that was asked for; empty where it is the folder.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where half of one was asked for
   */
  public Optional<DistributedOptions> distributed() {
    if (database == null && objects == null && endpoint == null) {
      return Optional.empty();
    }
    if (database == null || objects == null) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "-database and -objects go together");
    }
    return Optional.of(DistributedOptions.of(database, objects, Optional.ofNullable(endpoint)));
  }

  /** Opens the store, which the caller closes. */
  public SchemaStore open() {
    return distributed()
        .<SchemaStore>map(DistributedStore::new)
        .orElseGet(() -> new FileSystemStore(folder));
  }

  /** Where the store is, for people. */
  @Override
  public String toString() {
    return distributed().map(DistributedOptions::toString).orElseGet(folder::toString);
  }
}
