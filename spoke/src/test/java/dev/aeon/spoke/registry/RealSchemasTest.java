package dev.aeon.spoke.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.compile.CompileJob;
import dev.aeon.spoke.compile.SchemaCompiler;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
      PublishedSchemas schemas = new PublishedSchemas(registry, protoc, folder);
      VersionManifest google = schemas.push("common", common, List.of());
      assertThat(common).containsKey(COMMON).hasSizeGreaterThan(60);
      assertThat(registry.descriptors(google)).isEqualTo(described(schemas, common, Map.of()));
      for (String schema : DEPENDENTS) {
        Map<String, byte[]> files = schemas(schema);
        assertThat(files).hasSizeGreaterThan(150);
        VersionManifest version = schemas.push("m" + files.size(), files, List.of("common@v1.0.0"));
        assertThat(registry.descriptors(version))
            .as(schema)
            .isEqualTo(described(schemas, files, common));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void realSchemas_compile_inEveryLanguage(Language language) throws IOException {
    Map<ProtoPath, byte[]> files = new TreeMap<>();
    schemas("google/type/date.proto")
        .forEach((path, bytes) -> files.put(new ProtoPath(path), bytes));
    try (Protoc protoc = Protoc.open()) {
      CompileJob job = CompileJob.of(new ModuleName("common"), ModuleContent.of(files), language);
      assertThat(new SchemaCompiler(protoc).compile(job)).isNotEmpty();
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

  private byte[] described(
      PublishedSchemas schemas, Map<String, byte[]> files, Map<String, byte[]> imports)
      throws IOException {
    List<Path> roots = List.of(write(files), write(imports));
    return schemas.described(roots, List.copyOf(files.keySet()));
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
