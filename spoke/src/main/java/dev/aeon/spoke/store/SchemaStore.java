package dev.aeon.spoke.store;

import dev.aeon.spoke.model.Blob;
import dev.aeon.spoke.model.Change;
import dev.aeon.spoke.model.FileEntry;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionManifest;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Holds immutable versions. Called from any thread; calls may block on the disk or a network.
 * Failures of the medium are {@code SpokeException}s of code {@code INTERNAL}, or {@code
 * UNAVAILABLE} where it cannot be reached.
 */
public interface SchemaStore extends AutoCloseable {
  /** What became of a publication. */
  enum Outcome {
    CREATED,
    /** The same content was there already. */
    UNCHANGED
  }

  /**
   * Publishes a version, whole or not at all, and durably once this returns; of several that
   * publish the same at once, one wins.
   *
   * @param descriptors what the version compiles to: a serialised {@code FileDescriptorSet} with
   *     source information and all imports
   * @throws SpokeException {@code CONFLICT} with both digests where the version exists with other
   *     content
   */
  Outcome publish(ModuleVersion version, byte[] descriptors);

  /** What a version is; empty where there is none. */
  Optional<VersionManifest> manifest(ModuleName module, Version version);

  /**
   * The bytes of a file of a version.
   *
   * @throws SpokeException {@code DIGEST_MISMATCH} where they are not those that were published
   */
  byte[] file(VersionManifest version, FileEntry file);

  /** The same, read as they are wanted: for files that may be large. */
  Blob open(VersionManifest version, FileEntry file);

  /** The descriptors that a version was published with; empty where there is no such version. */
  Optional<byte[]> descriptors(ModuleName module, Version version);

  /** The same, read as they are wanted. */
  Optional<Blob> openDescriptors(ModuleName module, Version version);

  /** A version with the bytes of all its files. */
  default Optional<ModuleVersion> find(ModuleName module, Version version) {
    return manifest(module, version)
        .map(manifest -> {
          SortedMap<ProtoPath, byte[]> files = new TreeMap<>();
          manifest.files().forEach(file -> files.put(file.path(), file(manifest, file)));
          return ModuleVersion.of(manifest, new ModuleContent(files));
        });
  }

  /**
   * The versions of a module, oldest first by semantic version; empty where there is no such
   * module.
   */
  List<Version> versions(ModuleName module);

  /** The names of all modules, in order. */
  List<ModuleName> modules();

  /** Publications after a sequence, oldest first, at most {@code limit} of them. */
  List<Change> changes(long afterSequence, int limit);

  /** The sequence of the latest publication, 0 where there is none. */
  long lastSequence();

  /** What {@link #saveSettings} kept last; empty where nothing was kept. */
  Optional<byte[]> settings(ModuleName module);

  /** Keeps a module's settings, which unlike its versions may change; replaces the earlier ones. */
  void saveSettings(ModuleName module, byte[] settings);

  /**
   * What was compiled of a version for a language, which the caller closes; empty where nothing
   * was. None of its files is in memory.
   */
  Optional<Artifact> artifact(ModuleName module, Version version, Language language);

  /** Whether something was compiled of a version for a language. */
  boolean hasArtifact(ModuleName module, Version version, Language language);

  /** Keeps what was compiled of a version, by path; the first to do so wins. */
  void saveArtifact(
      ModuleName module, Version version, Language language, SortedMap<String, Blob> files);

  /** What workers on this store tell each other. */
  WorkBoard workBoard();

  @Override
  void close();
}
