package dev.aeon.spoke.store;

import dev.aeon.spoke.model.Blob;
import dev.aeon.spoke.model.Change;
import dev.aeon.spoke.model.FileEntry;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Versions in folders that people can read:
 *
 * <pre>
 * {module}/module.json, settings.json
 * {module}/versions/{version}/version.json, descriptors.binpb, the .proto files, {language}/…
 * .spoke/changes.ndjson                     the order in which versions became visible
 * .spoke/tmp/                               what is not published yet
 * </pre>
 *
 * A version is written beside the store's tree, forced to disk, and moved into place by one rename;
 * so a crash leaves either all of it or nothing. Thread-safe, also between processes.
 */
public final class FileSystemStore implements SchemaStore {
  private static final Logger LOG = LoggerFactory.getLogger(FileSystemStore.class);
  private static final String SETTINGS_FILE = "settings.json";
  private static final int KEEP_SECONDS = 60;

  private final StoreLayout layout;
  private final WorkFolder work;
  private final PublicationLog log;
  private final ChangeJournal journal;
  private final Catalogue catalogue = new Catalogue();
  private final ScheduledExecutorService keeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("spoke-store").daemon().factory());
  private final Future<?> keeping;

  /**
   * Opens, and where need be creates, the store in a folder.
   *
   * @throws SpokeException {@code INTERNAL} where the folder cannot be created or written
   */
  public FileSystemStore(Path root) {
    this.layout = new StoreLayout(root.toAbsolutePath().normalize());
    try {
      Salvage salvage = new Salvage(layout.root());
      this.work = WorkFolder.open(layout.own().resolve("tmp"), salvage::take);
      this.log = new PublicationLog(work.folder(), salvage.segments());
      this.journal = ChangeJournal.open(layout.own(), this::isInPlace);
      journal.adopt(salvage.found());
      if (journal.isIncomplete()) {
        journal.adopt(FolderScan.versions(layout.root(), StoreLayout.VERSION_FILE));
      }
    } catch (IOException e) {
      throw StoreFailure.of("cannot open the storage folder, path=" + root, e);
    }
    refresh();
    this.keeping =
        keeper.scheduleWithFixedDelay(this::keep, KEEP_SECONDS, KEEP_SECONDS, TimeUnit.SECONDS);
  }

  private void keep() {
    try {
      journal.force();
      log.dropFull();
    } catch (IOException e) {
      LOG.warn("cannot force published versions: {}", e.getMessage());
    }
  }

  private boolean isInPlace(Change change) {
    return Files.exists(layout.version(change.module(), change.version()));
  }

  @Override
  public Outcome publish(ModuleVersion version, byte[] descriptors) {
    Optional<VersionManifest> known = manifest(version.module(), version.version());
    if (known.isPresent()) {
      return compareDurably(known.get(), version);
    }
    try {
      SortedMap<String, byte[]> files = filesOf(version, descriptors);
      Path prepared = work.next();
      DurableFiles.writeTreeLazily(prepared, files);
      prepareModule(version);
      boolean isFirst = move(prepared, version, files);
      log.force();
      if (isFirst) {
        return Outcome.CREATED;
      }
      DurableFiles.deleteTree(prepared);
      return StoreFailure.compare(require(version), version);
    } catch (IOException e) {
      throw StoreFailure.of("cannot publish " + version, e);
    }
  }

  /** The other push of the same may still be on its way to the disk. */
  private Outcome compareDurably(VersionManifest known, ModuleVersion version) {
    try {
      log.force();
    } catch (IOException e) {
      throw StoreFailure.of("cannot publish " + version, e);
    }
    return StoreFailure.compare(known, version);
  }

  private static SortedMap<String, byte[]> filesOf(ModuleVersion version, byte[] descriptors) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    version.content().files().forEach((path, bytes) -> files.put(path.value(), bytes));
    files.put(StoreLayout.VERSION_FILE, StoreJson.write(VersionFile.of(version.manifest())));
    files.put(StoreLayout.DESCRIPTORS_FILE, descriptors);
    return files;
  }

  /** Whether it was this push that moved the version into place. */
  private boolean move(Path prepared, ModuleVersion version, SortedMap<String, byte[]> files)
      throws IOException {
    Path target = layout.version(version.module(), version.version());
    String folder = layout.root().relativize(target).toString();
    PublicationRecord record = new PublicationRecord(folder, files);
    Change change =
        new Change(0, version.module(), version.version(), version.digest(), version.createdAt());
    long sequence =
        journal.append(
            change,
            () -> {
              log.append(record, target);
              Files.move(prepared, target, StandardCopyOption.ATOMIC_MOVE);
            });
    return sequence > 0;
  }

  private VersionManifest require(ModuleVersion version) {
    return manifest(version.module(), version.version())
        .orElseThrow(() ->
            new SpokeException(
                SpokeException.Code.INTERNAL,
                "a folder without version.json is in the way of " + version));
  }

  private void prepareModule(ModuleVersion version) throws IOException {
    Path folder = layout.module(version.module());
    if (Files.exists(folder.resolve(StoreLayout.MODULE_FILE))) {
      return;
    }
    Files.createDirectories(layout.versions(version.module()));
    ModuleFile file =
        new ModuleFile(
            version.module().value(), version.description(), version.createdAt().toString());
    Path prepared = work.next();
    Files.write(prepared, StoreJson.write(file));
    Files.move(prepared, folder.resolve(StoreLayout.MODULE_FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  private void replace(Path target, byte[] bytes) throws IOException {
    Path prepared = work.next();
    DurableFiles.write(prepared, bytes);
    Files.move(prepared, target, StandardCopyOption.ATOMIC_MOVE);
    DurableFiles.forceFolder(target.getParent());
  }

  @Override
  public Optional<VersionManifest> manifest(ModuleName module, Version version) {
    return read(layout.version(module, version).resolve(StoreLayout.VERSION_FILE))
        .map(bytes -> StoreJson.read(bytes, VersionFile.class).toManifest());
  }

  @Override
  public byte[] file(VersionManifest version, FileEntry file) {
    Path path = layout.version(version.module(), version.version()).resolve(file.path().value());
    byte[] bytes =
        read(path)
            .orElseThrow(() ->
                new SpokeException(
                    SpokeException.Code.INTERNAL, "a file is gone from the store, file=" + path));
    return StoreFailure.checked(bytes, file.digest(), path.toString());
  }

  @Override
  public Blob open(VersionManifest version, FileEntry file) {
    Path path = layout.version(version.module(), version.version()).resolve(file.path().value());
    Blob blob =
        openFile(path)
            .orElseThrow(() ->
                new SpokeException(
                    SpokeException.Code.INTERNAL, "a file is gone from the store, file=" + path));
    return new VerifiedBlob(blob, file.digest(), path.toString());
  }

  @Override
  public Optional<byte[]> descriptors(ModuleName module, Version version) {
    return read(layout.version(module, version).resolve(StoreLayout.DESCRIPTORS_FILE));
  }

  @Override
  public Optional<Blob> openDescriptors(ModuleName module, Version version) {
    return openFile(layout.version(module, version).resolve(StoreLayout.DESCRIPTORS_FILE));
  }

  private static Optional<Blob> openFile(Path file) {
    try {
      return Files.isRegularFile(file) ? Optional.of(Blob.of(file)) : Optional.empty();
    } catch (IOException e) {
      throw StoreFailure.of("cannot read " + file, e);
    }
  }

  private static Optional<byte[]> read(Path file) {
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw StoreFailure.of("cannot read " + file, e);
    }
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
    try {
      return journal.after(afterSequence, limit);
    } catch (IOException e) {
      throw StoreFailure.of("cannot read the journal of changes", e);
    }
  }

  @Override
  public long lastSequence() {
    refresh();
    return catalogue.sequence();
  }

  @Override
  public Optional<byte[]> settings(ModuleName module) {
    return read(layout.module(module).resolve(SETTINGS_FILE));
  }

  @Override
  public void saveSettings(ModuleName module, byte[] settings) {
    try {
      Files.createDirectories(layout.module(module));
      replace(layout.module(module).resolve(SETTINGS_FILE), settings);
    } catch (IOException e) {
      throw StoreFailure.of("cannot save the settings of " + module, e);
    }
  }

  @Override
  public Optional<Artifact> artifact(ModuleName module, Version version, Language language) {
    return manifest(module, version)
        .flatMap(manifest -> new ArtifactFolder(layout.artifact(manifest, language)).read());
  }

  @Override
  public boolean hasArtifact(ModuleName module, Version version, Language language) {
    return manifest(module, version)
        .filter(manifest -> Files.isDirectory(layout.artifact(manifest, language)))
        .isPresent();
  }

  @Override
  public void saveArtifact(
      ModuleName module, Version version, Language language, SortedMap<String, Blob> files) {
    Path target =
        manifest(module, version)
            .map(manifest -> layout.artifact(manifest, language))
            .orElseThrow(() ->
                new SpokeException(
                    SpokeException.Code.NOT_FOUND,
                    "no such version, module=" + module + " version=" + version));
    new ArtifactFolder(target).save(files, work.next());
  }

  @Override
  public WorkBoard workBoard() {
    return new FolderWorkBoard(layout.own().resolve("sprocket"));
  }

  @Override
  public void close() {
    keeping.cancel(false);
    keeper.close();
    try (work;
        journal) {
      log.close();
    } catch (IOException e) {
      throw StoreFailure.of("cannot close the journal of changes", e);
    }
  }
}
