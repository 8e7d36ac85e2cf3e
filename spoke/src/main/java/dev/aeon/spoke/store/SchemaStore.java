package dev.aeon.spoke.store;

import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.Version;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Holds immutable versions. Called from any thread; calls may block on the disk or a network.
 * Failures of the medium are {@code SpokeException}s of code {@code INTERNAL}.
 */
public interface SchemaStore {
  /** What became of a publication. */
  enum Outcome {
    CREATED,
    /** The same content was there already. */
    UNCHANGED
  }

  /**
   * Publishes a version, whole or not at all; of several that publish the same at once, one wins.
   *
   * @throws dev.aeon.spoke.model.SpokeException {@code CONFLICT} with both digests where the
   *     version exists with other content
   */
  Outcome publish(ModuleVersion version);

  Optional<ModuleVersion> find(ModuleName module, Version version);

  /**
   * The versions of a module, oldest first by semantic version; empty where there is no such
   * module.
   */
  List<Version> versions(ModuleName module);

  /** The names of all modules that can be read, in order. */
  List<ModuleName> modules();

  /** What was compiled of a version for a language, by path; empty where nothing was. */
  Optional<SortedMap<String, byte[]>> artifact(
      ModuleName module, Version version, Language language);

  /** Keeps what was compiled of a version; the first to do so wins. */
  void saveArtifact(
      ModuleName module, Version version, Language language, SortedMap<String, byte[]> files);
}
