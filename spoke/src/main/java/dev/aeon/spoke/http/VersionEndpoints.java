package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.api.CompileInfo;
import dev.aeon.spoke.api.VersionInfo;
import dev.aeon.spoke.compile.ArchiveFormat;
import dev.aeon.spoke.compile.LanguagePackage;
import dev.aeon.spoke.model.FileEntry;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.VersionManifest;
import dev.aeon.spoke.registry.SchemaRegistry;
import java.util.List;
import java.util.SortedMap;

/** A version: what it is, its files, and what it compiles to. */
final class VersionEndpoints {
  private static final String VERSION = "/modules/{name}/versions/{version}";
  private static final String PROTO = "text/plain; charset=utf-8";
  private static final String LATEST = "latest";

  /** Generated code is often several times its schema's size. */
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
    return Answer.bytes(PROTO, registry.file(manifest(call), call.path()))
        .immutableIf(isExact(call));
  }

  private Answer descriptors(Call call) {
    return Answer.bytes("application/x-protobuf", registry.descriptors(manifest(call)))
        .immutableIf(isExact(call));
  }

  private Answer compile(Call call) {
    Language language = call.language();
    try (MemoryBudget.Share _ = room(call)) {
      ModuleVersion version = registry.get(call.module(), call.version());
      List<String> files = List.copyOf(registry.compile(version, language).keySet());
      return Answer.json(
          new CompileInfo(
              version.module().value(), version.version().toString(), language.id(), files));
    }
  }

  /** The archive goes by the disk, so that a slow reader holds no memory. */
  private Answer download(Call call) {
    Language language = call.language();
    ArchiveFormat format = ArchiveFormat.parse(call.query("format").orElse("tar.gz"));
    try (MemoryBudget.Share _ = room(call)) {
      ModuleVersion version = registry.get(call.module(), call.version());
      SortedMap<String, byte[]> files =
          LanguagePackage.of(
              version.module(), version.version(), language, registry.compile(version, language));
      return Answer.spooled(format.mediaType(), Spool.of(out -> format.pack(files, out)))
          .withHeader(
              "Content-Disposition",
              "attachment; filename=\"" + archiveName(version, language, format) + "\"");
    }
  }

  private static String archiveName(
      ModuleVersion version, Language language, ArchiveFormat format) {
    String module = version.module().value().replace('/', '-');
    return module + "-" + version.version() + "-" + language.id() + "." + format.extension();
  }

  private MemoryBudget.Share room(Call call) {
    long byteSize = manifest(call).files().stream().mapToLong(FileEntry::byteSize).sum();
    return memory.take(byteSize * BYTES_PER_SOURCE_BYTE);
  }

  private VersionManifest manifest(Call call) {
    return registry.manifest(call.module(), call.version());
  }

  private static boolean isExact(Call call) {
    return !call.version().equals(LATEST);
  }
}
