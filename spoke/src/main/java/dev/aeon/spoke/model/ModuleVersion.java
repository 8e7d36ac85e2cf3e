package dev.aeon.spoke.model;

import java.time.Instant;
import java.util.List;

/** An immutable version of a module: what it is, its content, and what it depends on directly. */
public record ModuleVersion(
    ModuleName module,
    Version version,
    String description,
    Instant createdAt,
    ModuleContent content,
    List<Dependency> dependencies) {

  /** A manifest together with the bytes that it tells of. */
  public static ModuleVersion of(VersionManifest manifest, ModuleContent content) {
    return new ModuleVersion(
        manifest.module(),
        manifest.version(),
        manifest.description(),
        manifest.createdAt(),
        content,
        manifest.dependencies());
  }

  public SchemaDigest digest() {
    return content.digest();
  }

  /** All but the bytes; every file is read once for its digest. */
  public VersionManifest manifest() {
    return new VersionManifest(
        module, version, description, createdAt, digest(), content.entries(), dependencies);
  }

  @Override
  public String toString() {
    return module + "@" + version;
  }
}
