package dev.aeon.spoke.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.Requirement;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionManifest;
import dev.aeon.spoke.protoc.Protoc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Pushes schemas that others publish, and asks the compiler what it says of them by itself. */
final class PublishedSchemas {
  private final SchemaRegistry registry;
  private final Protoc protoc;
  private final Path scratch;

  PublishedSchemas(SchemaRegistry registry, Protoc protoc, Path scratch) {
    this.registry = registry;
    this.protoc = protoc;
    this.scratch = scratch;
  }

  VersionManifest push(String module, Map<String, byte[]> files, List<String> wanted) {
    Map<ProtoPath, byte[]> content = new TreeMap<>();
    files.forEach((path, bytes) -> content.put(new ProtoPath(path), bytes));
    return registry
        .push(
            new ModuleName(module),
            Version.parse("v1.0.0"),
            "",
            ModuleContent.of(content),
            wanted.stream().map(Requirement::parse).toList())
        .version();
  }

  /** What the compiler says of files in a folder, which import from others. */
  byte[] described(List<Path> roots, List<String> files) throws IOException {
    Path set = scratch.resolve("set.binpb");
    List<String> outputs =
        List.of("--descriptor_set_out=" + set, "--include_imports", "--include_source_info");
    Protoc.Result result = protoc.run(roots, outputs, files);
    assertThat(result.succeeded()).as(result.messages()).isTrue();
    return Files.readAllBytes(set);
  }
}
