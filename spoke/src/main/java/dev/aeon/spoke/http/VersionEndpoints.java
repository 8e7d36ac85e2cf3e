package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.api.CompileInfo;
import dev.aeon.spoke.api.VersionInfo;
import dev.aeon.spoke.compile.ArchiveFormat;
import dev.aeon.spoke.compile.LanguagePackage;
import dev.aeon.spoke.model.Blob;
import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.FileEntry;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.SchemaDigest;
import dev.aeon.spoke.model.VersionManifest;
import dev.aeon.spoke.registry.SchemaRegistry;
import dev.aeon.spoke.store.Artifact;
import dev.aeon.spoke.store.ManifestText;
import java.util.List;
import java.util.SortedMap;

/** A version: what it is, its files, and what it compiles to. */
final class VersionEndpoints {
  private static final String VERSION = "/modules/{name}/versions/{version}";
  private static final String PROTO = "text/plain; charset=utf-8";
  private static final String LATEST = "latest";

  /** A compilation holds the sources, those of what they import, and what they parse to. */
  private static final long BYTES_PER_SOURCE_BYTE = 8;

  private final SchemaRegistry registry;
  private final MemoryBudget memory;

  VersionEndpoints(SchemaRegistry registry, MemoryBudget memory) {
    this.registry = registry;
    this.memory = memory;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.get(VERSION, "A version", VersionInfo.class, this::version),
        Endpoint.get(VERSION + "/files/{path+}", "A .proto file", byte[].class, this::file),
        Endpoint.get(
            VERSION + "/descriptors",
            "A serialised FileDescriptorSet with source information and all imports",
            byte[].class,
            this::descriptors),
        Endpoint.post(
            VERSION + "/compile/{language}",
            Role.READ,
            "Compile, and list what is generated",
            Void.class,
            CompileInfo.class,
            this::compile),
        Endpoint.get(
                VERSION + "/download/{language}",
                "What is generated, with its package manager's manifest, as a tar.gz or a zip",
                byte[].class,
                this::download)
            .withQueries("format"));
  }

  private Answer version(Call call) {
    return Answer.json(VersionInfo.of(manifest(call))).immutableIf(isExact(call));
  }

  private Answer file(Call call) {
    VersionManifest version = manifest(call);
    FileEntry file = registry.entry(version, call.path());
    return Answer.stored(
            PROTO,
            registry.open(version, file),
            file.digest(),
            () -> registry.file(version, file.path()))
        .immutableIf(isExact(call));
  }

  private Answer descriptors(Call call) {
    VersionManifest version = manifest(call);
    return Answer.stored(
            "application/x-protobuf",
            registry.openDescriptors(version),
            identity(version),
            () -> registry.descriptors(version))
        .immutableIf(isExact(call));
  }

  /** Whatever a version has came about once, of this. */
  private static SchemaDigest identity(VersionManifest version) {
    return SchemaDigest.ofBytes(ManifestText.write(version));
  }

  private Answer compile(Call call) {
    Language language = call.language();
    VersionManifest version = manifest(call);
    try (Artifact artifact = artifact(version, language)) {
      List<String> files = List.copyOf(artifact.files().keySet());
      return Answer.json(
          new CompileInfo(
              version.module().value(), version.version().toString(), language.id(), files));
    }
  }

  /** The archive goes by the disk, so that neither it nor a slow reader holds memory. */
  private Answer download(Call call) {
    Language language = call.language();
    ArchiveFormat format = ArchiveFormat.parse(call.query("format").orElse("tar.gz"));
    VersionManifest version = manifest(call);
    try (Artifact artifact = artifact(version, language)) {
      SortedMap<String, Blob> files =
          LanguagePackage.ofBlobs(version.module(), version.version(), language, artifact.files());
      return Answer.spooled(format.mediaType(), Spool.of(out -> format.pack(files, out)))
          .withHeader(
              "Content-Disposition",
              "attachment; filename=\"" + archiveName(version, language, format) + "\"");
    }
  }

  private Artifact artifact(VersionManifest version, Language language) {
    if (registry.isCompiled(new Dependency(version.module(), version.version()), language)) {
      return registry.compile(version, language);
    }
    try (MemoryBudget.Share _ = room(version)) {
      return registry.compile(version, language);
    }
  }

  private static String archiveName(
      VersionManifest version, Language language, ArchiveFormat format) {
    String module = version.module().value().replace('/', '-');
    return module + "-" + version.version() + "-" + language.id() + "." + format.extension();
  }

  private MemoryBudget.Share room(VersionManifest version) {
    long byteSize = version.files().stream().mapToLong(FileEntry::byteSize).sum();
    return memory.take(byteSize * BYTES_PER_SOURCE_BYTE);
  }

  private VersionManifest manifest(Call call) {
    return registry.manifest(call.module(), call.version());
  }

  private static boolean isExact(Call call) {
    return !call.version().equals(LATEST);
  }
}
