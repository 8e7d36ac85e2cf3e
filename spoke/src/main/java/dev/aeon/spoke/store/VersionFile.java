package dev.aeon.spoke.store;

import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.SchemaDigest;
import java.util.List;

/** What {@code version.json} holds: digests and names, never bodies. */
record VersionFile(
    String module,
    String version,
    String description,
    String createdAt,
    String digest,
    List<Entry> files,
    List<String> dependencies) {

  record Entry(String path, long byteSize, String digest) {}

  static VersionFile of(ModuleVersion version) {
    return new VersionFile(
        version.module().value(),
        version.version().toString(),
        version.description(),
        version.createdAt().toString(),
        version.digest().value(),
        version.content().files().entrySet().stream()
            .map(file ->
                new Entry(
                    file.getKey().value(),
                    file.getValue().length,
                    SchemaDigest.ofBytes(file.getValue()).value()))
            .toList(),
        version.dependencies().stream().map(Dependency::toString).toList());
  }
}
