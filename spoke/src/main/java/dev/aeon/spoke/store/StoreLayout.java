package dev.aeon.spoke.store;

import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionManifest;
import java.nio.file.Path;

/**
 * Where things lie below the root of a store.
 *
 * @param root absolute and normalised
 */
record StoreLayout(Path root) {
  static final String VERSION_FILE = "version.json";
  static final String DESCRIPTORS_FILE = "descriptors.binpb";
  static final String MODULE_FILE = "module.json";

  /** What is the store's own and no module. */
  Path own() {
    return root.resolve(".spoke");
  }

  Path module(ModuleName module) {
    return root.resolve(module.value());
  }

  Path versions(ModuleName module) {
    return module(module).resolve("versions");
  }

  Path version(ModuleName module, Version version) {
    return versions(module).resolve(version.toString());
  }

  /** Beside the files; elsewhere where the version has a folder of the language's name itself. */
  Path artifact(VersionManifest version, Language language) {
    String prefix = language.id() + "/";
    boolean isTaken =
        version.files().stream().anyMatch(file -> file.path().value().startsWith(prefix));
    Path beside = isTaken ? new StoreLayout(own().resolve("artifacts")).of(version) : of(version);
    return beside.resolve(language.id());
  }

  private Path of(VersionManifest version) {
    return version(version.module(), version.version());
  }
}
