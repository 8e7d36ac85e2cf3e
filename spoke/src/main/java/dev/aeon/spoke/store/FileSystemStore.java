package dev.aeon.spoke.store;

import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Versions in folders that people can read:
 *
 * <pre>
 * {module}/module.json
 * {module}/versions/{version}/version.json, the .proto files, {language}/…
 * .spoke/tmp/                               what is not published yet
 * </pre>
 *
 * A version is written beside the store's tree, forced to disk, and moved into place by one rename,
 * which fails where the version exists; so a crash leaves either all of it or nothing. Thread-safe,
 * also between processes.
 */
public final class FileSystemStore implements SchemaStore {
  private static final Logger LOG = LoggerFactory.getLogger(FileSystemStore.class);
  private static final String VERSION_FILE = "version.json";
  private static final String MODULE_FILE = "module.json";

  private final Path root;
  private final Path temporary;

  /**
   * Opens, and where need be creates, the store in a folder.
   *
   * @throws SpokeException {@code INTERNAL} where the folder cannot be created or written
   */
  public FileSystemStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
    this.temporary = this.root.resolve(".spoke").resolve("tmp");
    try {
      Files.createDirectories(temporary);
    } catch (IOException e) {
      throw failure("cannot create the storage folder, path=" + root, e);
    }
  }

  @Override
  public Outcome publish(ModuleVersion version) {
    Optional<Outcome> known = compareWithExisting(version);
    if (known.isPresent()) {
      return known.get();
    }
    try {
      Path prepared = Files.createTempDirectory(temporary, "version");
      writeVersion(prepared, version);
      Path target = versionFolder(version.module(), version.version());
      Files.createDirectories(target.getParent());
      writeModuleFile(version);
      return moveIntoPlace(prepared, target) ? Outcome.CREATED : afterLosing(version);
    } catch (IOException e) {
      throw failure("cannot publish " + version, e);
    }
  }

  private Outcome afterLosing(ModuleVersion version) {
    return compareWithExisting(version)
        .orElseThrow(() ->
            new SpokeException(
                SpokeException.Code.INTERNAL,
                "a folder without version.json is in the way of " + version));
  }

  private Optional<Outcome> compareWithExisting(ModuleVersion version) {
    return find(version.module(), version.version())
        .map(existing -> {
          if (existing.digest().equals(version.digest())) {
            return Outcome.UNCHANGED;
          }
          throw new SpokeException(
              SpokeException.Code.CONFLICT,
              version
                  + " exists with other content and versions never change, existing="
                  + existing.digest()
                  + " pushed="
                  + version.digest());
        });
  }

  private void writeVersion(Path folder, ModuleVersion version) throws IOException {
    for (Map.Entry<ProtoPath, byte[]> file : version.content().files().entrySet()) {
      DurableFiles.write(folder.resolve(file.getKey().value()), file.getValue());
    }
    DurableFiles.write(folder.resolve(VERSION_FILE), StoreJson.write(VersionFile.of(version)));
    DurableFiles.forceFolders(folder);
  }

  private void writeModuleFile(ModuleVersion version) throws IOException {
    Path file = moduleFolder(version.module()).resolve(MODULE_FILE);
    if (!Files.exists(file)) {
      Path prepared = Files.createTempFile(temporary, "module", ".json");
      DurableFiles.write(
          prepared,
          StoreJson.write(
              new ModuleFile(
                  version.module().value(), version.description(), Instant.now().toString())));
      Files.move(prepared, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Whether the folder was moved; false where another publication was there first. */
  private boolean moveIntoPlace(Path prepared, Path target) throws IOException {
    try {
      Files.move(prepared, target, StandardCopyOption.ATOMIC_MOVE);
      DurableFiles.forceFolder(target.getParent());
      return true;
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
      DurableFiles.deleteTree(prepared);
      return false;
    } catch (FileSystemException e) {
      DurableFiles.deleteTree(prepared);
      if (Files.exists(target)) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public Optional<ModuleVersion> find(ModuleName module, Version version) {
    Path folder = versionFolder(module, version);
    Path file = folder.resolve(VERSION_FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(folder, StoreJson.read(Files.readAllBytes(file), VersionFile.class)));
    } catch (IOException e) {
      throw failure("cannot read " + module + "@" + version, e);
    }
  }

  private static ModuleVersion read(Path folder, VersionFile file) throws IOException {
    Map<ProtoPath, byte[]> files = new TreeMap<>();
    for (VersionFile.Entry entry : file.files()) {
      ProtoPath path = new ProtoPath(entry.path());
      files.put(path, Files.readAllBytes(folder.resolve(path.value())));
    }
    ModuleContent content = ModuleContent.of(files);
    if (!content.digest().value().equals(file.digest())) {
      throw new SpokeException(
          SpokeException.Code.DIGEST_MISMATCH,
          "stored files were changed, folder="
              + folder
              + " expected="
              + file.digest()
              + " found="
              + content.digest());
    }
    return new ModuleVersion(
        new ModuleName(file.module()),
        Version.parse(file.version()),
        file.description(),
        Instant.parse(file.createdAt()),
        content,
        file.dependencies().stream().map(Dependency::parse).toList());
  }

  @Override
  public List<Version> versions(ModuleName module) {
    return children(moduleFolder(module).resolve("versions")).stream()
        .filter(folder -> Files.isRegularFile(folder.resolve(VERSION_FILE)))
        .map(folder -> folder.getFileName().toString())
        .flatMap(name -> parse(() -> Version.parse(name)).stream())
        .sorted()
        .toList();
  }

  @Override
  public List<ModuleName> modules() {
    return children(root).stream()
        .filter(folder -> Files.isDirectory(folder.resolve("versions")))
        .map(folder -> folder.getFileName().toString())
        .flatMap(name -> parse(() -> new ModuleName(name)).stream())
        .sorted()
        .toList();
  }

  /** One entry that is none of ours does not hide the others. */
  private static <T> Optional<T> parse(java.util.function.Supplier<T> parser) {
    try {
      return Optional.of(parser.get());
    } catch (SpokeException e) {
      LOG.debug("left out: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.toList();
    } catch (IOException e) {
      throw failure("cannot list " + folder, e);
    }
  }

  @Override
  public Optional<SortedMap<String, byte[]>> artifact(
      ModuleName module, Version version, Language language) {
    Path folder = versionFolder(module, version).resolve(language.id());
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return Optional.of(
          paths
              .filter(Files::isRegularFile)
              .collect(
                  Collectors.toMap(
                      path -> folder.relativize(path).toString(),
                      FileSystemStore::readAll,
                      (first, second) -> first,
                      TreeMap::new)));
    } catch (IOException e) {
      throw failure("cannot read artifacts, folder=" + folder, e);
    }
  }

  @Override
  public void saveArtifact(
      ModuleName module, Version version, Language language, SortedMap<String, byte[]> files) {
    Path target = versionFolder(module, version).resolve(language.id());
    try {
      Path prepared = Files.createTempDirectory(temporary, "artifact");
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        DurableFiles.write(prepared.resolve(file.getKey()), file.getValue());
      }
      moveIntoPlace(prepared, target);
    } catch (IOException e) {
      throw failure("cannot save artifacts, folder=" + target, e);
    }
  }

  private static byte[] readAll(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw failure("cannot read " + file, e);
    }
  }

  private Path moduleFolder(ModuleName module) {
    return root.resolve(module.value());
  }

  private Path versionFolder(ModuleName module, Version version) {
    return moduleFolder(module).resolve("versions").resolve(version.toString());
  }

  private static SpokeException failure(String what, IOException e) {
    String cause = e.getClass().getSimpleName() + ": " + e.getMessage();
    return new SpokeException(SpokeException.Code.INTERNAL, what + ", cause=" + cause, e);
  }
}
