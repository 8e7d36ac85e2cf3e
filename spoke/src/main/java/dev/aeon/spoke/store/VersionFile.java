package dev.aeon.spoke.store;

import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.FileEntry;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SchemaDigest;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionManifest;
import java.time.Instant;
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

  record Entry(String path, long byteSize, String digest) {
    static Entry of(FileEntry file) {
      return new Entry(file.path().value(), file.byteSize(), file.digest().value());
    }

    FileEntry toFileEntry() {
      return new FileEntry(new ProtoPath(path), byteSize, new SchemaDigest(digest));
    }
  }

  static VersionFile of(VersionManifest version) {
    return new VersionFile(
        version.module().value(),
        version.version().toString(),
        version.description(),
        version.createdAt().toString(),
        version.digest().value(),
        version.files().stream().map(Entry::of).toList(),
        version.dependencies().stream().map(Dependency::toString).toList());
  }

  VersionManifest toManifest() {
    return new VersionManifest(
        new ModuleName(module),
        Version.parse(version),
        description,
        Instant.parse(createdAt),
        new SchemaDigest(digest),
        files.stream().map(Entry::toFileEntry).toList(),
        dependencies.stream().map(Dependency::parse).toList());
  }
}
