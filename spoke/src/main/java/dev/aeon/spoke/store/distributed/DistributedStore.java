package dev.aeon.spoke.store.distributed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aeon.spoke.model.Blob;
import dev.aeon.spoke.model.Change;
import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.FileEntry;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.SchemaDigest;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionManifest;
import dev.aeon.spoke.store.Artifact;
import dev.aeon.spoke.store.ArtifactPaths;
import dev.aeon.spoke.store.Catalogue;
import dev.aeon.spoke.store.SchemaStore;
import dev.aeon.spoke.store.StoreFailure;
import dev.aeon.spoke.store.WorkBoard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Versions in a PostgreSQL database, their bytes in a bucket of an S3-compatible object store by
 * digest. Any number of processes may use one such store at once; it keeps nothing of its own.
 *
 * <p>Objects are written first, the version's row last, by one statement: a process that dies in
 * between leaves objects that nothing names, which the next push of the same content uses. What is
 * read is checked against its digest.
 */
public final class DistributedStore implements SchemaStore {
  private static final int MAX_ROWS = 10_000;

  private final ObjectStorage objects;
  private final VersionDatabase database;
  private final Catalogue catalogue = new Catalogue();
  private final Cache<Dependency, VersionDatabase.Row> rows =
      Caffeine.newBuilder().maximumSize(MAX_ROWS).build();

  /**
   * Connects to the store, and creates its tables where they are missing.
   *
   * @throws SpokeException {@code UNAVAILABLE} where the database or the bucket cannot be used
   */
  public DistributedStore(DistributedOptions options) {
    this.database = VersionDatabase.open(options);
    this.objects = new ObjectStorage(options);
    try {
      objects.check();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public Outcome publish(ModuleVersion version, byte[] descriptors) {
    Optional<VersionManifest> known = manifest(version.module(), version.version());
    if (known.isPresent()) {
      return StoreFailure.compare(known.get(), version);
    }
    SchemaDigest compiled = SchemaDigest.ofBytes(descriptors);
    Map<SchemaDigest, byte[]> bytes = new HashMap<>();
    version.content().files().values().forEach(file -> bytes.put(SchemaDigest.ofBytes(file), file));
    bytes.put(compiled, descriptors);
    objects.putAll(bytes);
    return database.publish(version.manifest(), compiled)
        ? Outcome.CREATED
        : StoreFailure.compare(require(version.module(), version.version()).manifest(), version);
  }

  private VersionDatabase.Row require(ModuleName module, Version version) {
    return row(module, version)
        .orElseThrow(() ->
            new SpokeException(
                SpokeException.Code.NOT_FOUND,
                "no such version, module=" + module + " version=" + version));
  }

  /** One that is there never changes, so it is asked for once. */
  private Optional<VersionDatabase.Row> row(ModuleName module, Version version) {
    Dependency key = new Dependency(module, version);
    VersionDatabase.Row known = rows.getIfPresent(key);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<VersionDatabase.Row> found = database.find(module, version);
    found.ifPresent(row -> rows.put(key, row));
    return found;
  }

  @Override
  public Optional<VersionManifest> manifest(ModuleName module, Version version) {
    return row(module, version).map(VersionDatabase.Row::manifest);
  }

  @Override
  public byte[] file(VersionManifest version, FileEntry file) {
    return objects.get(file.digest());
  }

  @Override
  public Blob open(VersionManifest version, FileEntry file) {
    return objects.open(file.digest(), file.byteSize());
  }

  @Override
  public Optional<Blob> openDescriptors(ModuleName module, Version version) {
    return row(module, version)
        .map(VersionDatabase.Row::descriptors)
        .map(digest -> objects.open(digest, objects.byteSize(digest)));
  }

  @Override
  public Optional<byte[]> descriptors(ModuleName module, Version version) {
    return row(module, version).map(row -> objects.get(row.descriptors()));
  }

  @Override
  public List<Version> versions(ModuleName module) {
    refresh();
    return catalogue.versions(module);
  }

  @Override
  public List<ModuleName> modules() {
    refresh();
    return catalogue.modules();
  }

  private void refresh() {
    catalogue.add(changes(catalogue.sequence(), Integer.MAX_VALUE));
  }

  @Override
  public List<Change> changes(long afterSequence, int limit) {
    return database.changes(afterSequence, limit);
  }

  @Override
  public long lastSequence() {
    return database.lastSequence();
  }

  @Override
  public Optional<byte[]> settings(ModuleName module) {
    return database.settings(module);
  }

  @Override
  public void saveSettings(ModuleName module, byte[] settings) {
    database.saveSettings(module, settings);
  }

  @Override
  public Optional<Artifact> artifact(ModuleName module, Version version, Language language) {
    return database
        .artifact(module, version, language)
        .map(object -> PackedFiles.open(objects.open(object, objects.byteSize(object))));
  }

  @Override
  public boolean hasArtifact(ModuleName module, Version version, Language language) {
    return database.artifact(module, version, language).isPresent();
  }

  @Override
  public void saveArtifact(
      ModuleName module, Version version, Language language, SortedMap<String, Blob> files) {
    ArtifactPaths.refuseLeadingOut(files.keySet());
    VersionDatabase.Row row = require(module, version);
    try (PackedFiles packed = PackedFiles.pack(files)) {
      objects.putFile(packed.digest(), packed.file());
      database.saveArtifact(
          row.manifest().module(), row.manifest().version(), language, packed.digest());
    }
  }

  @Override
  public WorkBoard workBoard() {
    return database.board();
  }

  @Override
  public void close() {
    try (objects;
        database) {
      rows.invalidateAll();
    }
  }
}
