package dev.aeon.spoke.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.Requirement;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionManifest;
import dev.aeon.spoke.protoc.Protoc;
import dev.aeon.spoke.store.FileSystemStore;
import dev.aeon.spoke.validate.format.SchemaFormatter;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of schemas that others publish: Envoy's, and two packages of Google's. */
class RealSchemasTest {
  private static final String COMMON = "google/api/annotations.proto";
  private static final List<String> DEPENDENTS =
      List.of("google/cloud/aiplatform/v1/operation.proto", "envoy/config/core/v3/base.proto");

  @TempDir Path folder;

  @Test
  void realSchemas_pushed_areStoredAsTheCompilerDescribesThem() throws IOException {
    Map<String, byte[]> common = schemas("google/type/date.proto");
    try (SchemaRegistry registry =
            new SchemaRegistry(
                new FileSystemStore(folder.resolve("store")), InstantSource.fixed(Instant.EPOCH));
        Protoc protoc = Protoc.open()) {
      VersionManifest google = push(registry, "common", common);
      assertThat(common).containsKey(COMMON).hasSizeGreaterThan(60);
      assertThat(registry.descriptors(google)).isEqualTo(described(protoc, common, Map.of()));
      for (String schema : DEPENDENTS) {
        Map<String, byte[]> files = schemas(schema);
        assertThat(files).hasSizeGreaterThan(150);
        VersionManifest version = push(registry, "m" + files.size(), files, "common@v1.0.0");
        assertThat(registry.descriptors(version))
            .as(schema)
            .isEqualTo(described(protoc, files, common));
      }
    }
  }

  @Test
  void realSchemas_formatted_areFormatted() throws IOException {
    for (String schema : DEPENDENTS) {
      schemas(schema)
          .forEach((path, bytes) -> {
            String formatted = SchemaFormatter.format(path, new String(bytes, UTF_8));
            assertThat(SchemaFormatter.format(path, formatted)).as(path).isEqualTo(formatted);
          });
    }
  }

  private static VersionManifest push(
      SchemaRegistry registry, String module, Map<String, byte[]> files, String... wanted) {
    Map<ProtoPath, byte[]> content = new TreeMap<>();
    files.forEach((path, bytes) -> content.put(new ProtoPath(path), bytes));
    return registry
        .push(
            new ModuleName(module),
            Version.parse("v1.0.0"),
            "",
            ModuleContent.of(content),
            List.of(wanted).stream().map(Requirement::parse).toList())
        .version();
  }

  /** What the compiler says of the same files by itself. */
  private byte[] described(Protoc protoc, Map<String, byte[]> files, Map<String, byte[]> imports)
      throws IOException {
    Path own = write(files);
    Path others = write(imports);
    Path set = folder.resolve("set.binpb");
    List<String> outputs =
        List.of("--descriptor_set_out=" + set, "--include_imports", "--include_source_info");
    Protoc.Result result = protoc.run(List.of(own, others), outputs, List.copyOf(files.keySet()));
    assertThat(result.succeeded()).as(result.messages()).isTrue();
    return Files.readAllBytes(set);
  }

  private Path write(Map<String, byte[]> files) throws IOException {
    Path root = Files.createTempDirectory(folder, "sources");
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = root.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
    return root;
  }

  /** The schemas of the jar that has one of this name. */
  private static Map<String, byte[]> schemas(String one) throws IOException {
    URL url = RealSchemasTest.class.getClassLoader().getResource(one);
    assertThat(url).as(one).isNotNull();
    JarURLConnection connection =
        (JarURLConnection) URI.create(url.toString()).toURL().openConnection();
    connection.setUseCaches(false);
    Map<String, byte[]> schemas = new TreeMap<>();
    try (JarFile jar = connection.getJarFile()) {
      for (JarEntry entry : jar.stream().filter(RealSchemasTest::isSchema).toList()) {
        try (InputStream in = jar.getInputStream(entry)) {
          schemas.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return schemas;
  }

  private static boolean isSchema(JarEntry entry) {
    return entry.getName().endsWith(".proto");
  }
}
