package dev.aeon.spoke.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A version without the bytes of its files: what it is, their digests, what it depends on. */
public record VersionManifest(
    ModuleName module,
    Version version,
    String description,
    Instant createdAt,
    SchemaDigest digest,
    List<FileEntry> files,
    List<Dependency> dependencies) {

  /** The file at a path; empty where there is none. */
  public Optional<FileEntry> file(ProtoPath path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }

  /** This version as something to depend on. */
  public Dependency asDependency() {
    return new Dependency(module, version);
  }

  @Override
  public String toString() {
    return module + "@" + version;
  }
}
