package dev.aeon.spoke.api;

import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.VersionManifest;
import java.util.List;

/** A version as the server tells of it. */
public record VersionInfo(
    String module,
    String version,
    String description,
    String createdAt,
    String digest,
    List<String> files,
    List<String> dependencies) {

  public static VersionInfo of(VersionManifest version) {
    return new VersionInfo(
        version.module().value(),
        version.version().toString(),
        version.description(),
        version.createdAt().toString(),
        version.digest().value(),
        version.files().stream().map(file -> file.path().value()).toList(),
        version.dependencies().stream().map(Dependency::toString).toList());
  }
}
