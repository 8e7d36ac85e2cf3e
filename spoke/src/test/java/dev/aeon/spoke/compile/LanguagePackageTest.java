package dev.aeon.spoke.compile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.Version;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LanguagePackageTest {
  private static final ModuleName MODULE = new ModuleName("Acme/Order.api");

  @ParameterizedTest
  @EnumSource(Language.class)
  void package_ofALanguage_hasNothingLeftToFillIn(Language language) {
    SortedMap<String, byte[]> files = pack(language, "v1.2.3", Map.of("a_grpc.x", ""));
    assertThat(files.size()).isGreaterThanOrEqualTo(language == Language.DESCRIPTORS ? 1 : 2);
    files.values().forEach(bytes -> assertThat(new String(bytes, UTF_8)).doesNotContain("${hy"));
    files.forEach((path, bytes) ->
        assertThat(new String(bytes, UTF_8).lines().filter(line -> line.startsWith("?")))
            .as(path)
            .isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "GO,           go.mod,           module spoke.generated/Acme/Order.api",
    "GO,           go.mod,           require google.golang.org/grpc",
    "JAVA,         pom.xml,          <artifactId>acme-order-api-schema</artifactId>",
    "JAVA,         pom.xml,          <artifactId>grpc-stub</artifactId>",
    "JAVA,         pom.xml,          <version>1.2.3</version>",
    "PYTHON,       pyproject.toml,   'protobuf>=7.'",
    "PYTHON,       pyproject.toml,   'version = \"1.2.3\"'",
    "CPP,          CMakeLists.txt,   project(acme_order_api CXX)",
    "CSHARP,       schema.csproj,    <Version>1.2.3</Version>",
    "CSHARP,       schema.csproj,    <PackageReference Include=\"Grpc.Core.Api\"",
    "OBJC,         schema.podspec,   gRPC-ProtoRPC",
    "PHP,          composer.json,    grpc/grpc",
    "RUBY,         schema.gemspec,   add_dependency 'grpc'",
    "KOTLIN,       build.gradle.kts, io.grpc:grpc-kotlin-stub:1",
    "JAVASCRIPT,   package.json,     '\"@bufbuild/protobuf\": \"2'",
    "TYPESCRIPT,   package.json,     '\"name\": \"acme-order-api-schema\"'",
    "OBJC,         schema.podspec,   s.version = '1.2.3'",
    "PHP,          composer.json,    spoke-generated/acme-order-api-schema",
    "RUBY,         schema.gemspec,   s.name = 'acme-order-api-schema'",
    "RUST,         Cargo.toml,       'protobuf = \"=4.'"
  })
  void manifest_ofALanguage_says(Language language, String manifest, String text) {
    assertThat(text(pack(language, "v1.2.3", Map.of("a_grpc.x", "")), manifest)).contains(text);
  }

  @ParameterizedTest
  @CsvSource({
    "v1.2.3-rc.1,  1.2.3-rc.1,            1.2.3.dev0+rc.1,         1.2.3.rc.1",
    "v1.2.3+b.5,   1.2.3+b.5,             1.2.3,                   1.2.3",
    "0123456abcdef,0.0.0-commit-0123456abcdef,0.0.0.dev0+commit.0123456abcdef,"
        + "0.0.0.commit.0123456abcdef"
  })
  void version_inAManifest_hasTheEcosystemsForm(
      String version, String semantic, String python, String ruby) {
    assertThat(text(pack(Language.RUST, version, Map.of()), "Cargo.toml"))
        .contains("version = \"" + semantic + "\"");
    assertThat(text(pack(Language.PYTHON, version, Map.of()), "pyproject.toml"))
        .contains("version = \"" + python + "\"");
    assertThat(text(pack(Language.RUBY, version, Map.of()), "schema.gemspec"))
        .contains("s.version = '" + ruby + "'");
  }

  @Test
  void manifest_withoutStubs_asksForNoGrpc() {
    for (Language language : Language.values()) {
      pack(language, "v1.0.0", Map.of("a.x", ""))
          .forEach((path, bytes) -> assertThat(new String(bytes, UTF_8)).doesNotContain("grpc"));
    }
  }

  @Test
  void package_ofPythonFilesInTheRoot_namesThemAsModules() {
    Map<String, String> files = Map.of("b_pb2.py", "", "a_pb2.py", "", "in/c_pb2.py", "");
    assertThat(text(pack(Language.PYTHON, "v1.0.0", files), "pyproject.toml"))
        .contains("py-modules = [\"a_pb2\", \"b_pb2\"]");
  }

  @Test
  void package_ofJava_hasSourcesWhereMavenLooks() {
    assertThat(pack(Language.JAVA, "v1.0.0", Map.of("common/Types.java", "")))
        .containsKeys("src/main/java/common/Types.java", "pom.xml");
  }

  @Test
  void zip_ofTheSameFiles_isTheSameAndHoldsThemAll() throws IOException {
    SortedMap<String, byte[]> files = pack(Language.GO, "v1.0.0", Map.of("a.pb.go", "package a"));
    byte[] zip = ArchiveFormat.ZIP.pack(files);
    assertThat(ArchiveFormat.ZIP.pack(files)).isEqualTo(zip);
    SortedMap<String, byte[]> unpacked = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        unpacked.put(entry.getName(), in.readAllBytes());
      }
    }
    assertThat(unpacked.keySet()).isEqualTo(files.keySet());
    assertThat(text(unpacked, "a.pb.go")).isEqualTo("package a");
  }

  private static SortedMap<String, byte[]> pack(
      Language language, String version, Map<String, String> generated) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    generated.forEach((path, text) -> files.put(path, text.getBytes(UTF_8)));
    return LanguagePackage.of(MODULE, Version.parse(version), language, files);
  }

  private static String text(SortedMap<String, byte[]> files, String path) {
    return new String(files.getOrDefault(path, new byte[0]), UTF_8);
  }
}
