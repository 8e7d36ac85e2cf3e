package dev.aeon.spoke.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.spoke.api.VersionInfo;
import dev.aeon.spoke.client.PulledModule;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.SpokeException.Code;
import dev.aeon.spoke.model.Version;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpokeServerTest {
  private static final ModuleContent COMMON =
      content("types.proto", "syntax = \"proto3\"; package common; message UUID { string v = 1; }");
  private static final ModuleContent ORDER =
      content(
          "order.proto",
          """
          syntax = "proto3";
          package order;
          // import "commented/out.proto";
          import "common/types.proto";
          import "google/protobuf/timestamp.proto";
          message Order { common.UUID id = 1; google.protobuf.Timestamp at = 2; }
          """);

  @TempDir Path storage;
  private SpokeServer server;
  private SpokeClient client;

  @BeforeEach
  void start() {
    server = SpokeServer.start(SpokeServerConfig.embedded(storage));
    client = new SpokeClient(server.uri());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void pull_afterPush_returnsTheSameBytes() {
    push("common", "v1.0.0", COMMON);
    PulledModule pulled = client.pull(new ModuleName("common"), "v1.0.0");
    assertThat(pulled.digest()).isEqualTo(COMMON.digest());
    assertThat(pulled.content().files().get(new ProtoPath("types.proto")))
        .isEqualTo(COMMON.files().get(new ProtoPath("types.proto")));
  }

  @Test
  void recursivePull_ofAnImporter_bringsWhatItImports() {
    push("common", "v1.0.0", COMMON);
    VersionInfo order = push("order", "v1.0.0", ORDER);
    assertThat(order.dependencies()).containsExactly("common@v1.0.0");
    assertThat(client.pullRecursively(new ModuleName("order"), "latest"))
        .extracting(pulled -> pulled.module() + "@" + pulled.version())
        .containsExactly("order@v1.0.0", "common@v1.0.0");
  }

  @Test
  void dependency_publishedAgainLater_staysTheOneResolvedAtThePush() {
    push("common", "v1.0.0", COMMON);
    push("order", "v1.0.0", ORDER);
    push("common", "v2.0.0", COMMON);
    assertThat(client.pull(new ModuleName("order"), "latest").dependencies())
        .map(Object::toString)
        .containsExactly("common@v1.0.0");
  }

  @Test
  void push_ofTheSameContentAgain_changesNothing() {
    VersionInfo first = push("common", "v1.0.0", COMMON);
    assertThat(push("common", "v1.0.0", COMMON)).isEqualTo(first);
  }

  @Test
  void push_ofOtherContent_isRefusedWithBothDigests() {
    push("common", "v1.0.0", COMMON);
    ModuleContent other = content("types.proto", "syntax = \"proto3\"; package common;");
    assertThatThrownBy(() -> push("common", "v1.0.0", other))
        .isInstanceOfSatisfying(
            SpokeException.class, e -> assertThat(e.code()).isEqualTo(Code.CONFLICT))
        .hasMessageContaining(COMMON.digest().value())
        .hasMessageContaining(other.digest().value());
  }

  @Test
  void push_ofABrokenSchema_namesEveryPlace() {
    ModuleContent broken =
        content(
            "a.proto",
            "syntax = \"proto3\";\nmessage A { Nothing n = 1; }\nmessage A { int32 x = 0; }");
    assertThatThrownBy(() -> push("broken", "v1.0.0", broken))
        .isInstanceOfSatisfying(
            SpokeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Code.INVALID_SCHEMA);
              assertThat(e.violations())
                  .anySatisfy(violation -> {
                    assertThat(violation.file()).isEqualTo("a.proto");
                    assertThat(violation.line()).isPositive();
                    assertThat(violation.column()).isPositive();
                  });
            });
    assertThat(client.modules()).isEmpty();
  }

  @Test
  void push_withAnImportThatNothingMeets_namesIt() {
    assertThatThrownBy(() -> push("order", "v1.0.0", ORDER))
        .isInstanceOfSatisfying(
            SpokeException.class,
            e ->
                assertThat(e.violations())
                    .singleElement()
                    .satisfies(violation ->
                        assertThat(violation.message()).contains("common/types.proto")));
  }

  @Test
  void push_ofOneVersionByManyAtOnce_isWonByOne() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<String>> pushes = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        ModuleContent content =
            content("types.proto", "syntax = \"proto3\"; message M" + i + " {}");
        pushes.add(() -> pushOutcome(content));
      }
      List<String> outcomes = new ArrayList<>();
      for (Future<String> outcome : threads.invokeAll(pushes)) {
        outcomes.add(outcome.get());
      }
      assertThat(outcomes).containsOnly("pushed", "CONFLICT").containsOnlyOnce("pushed");
    }
  }

  private String pushOutcome(ModuleContent content) {
    try {
      push("raced", "v1.0.0", content);
      return "pushed";
    } catch (SpokeException e) {
      return e.code().name();
    }
  }

  @Test
  void download_ofEachLanguage_holdsGeneratedCode() throws IOException {
    push("common", "v1.0.0", COMMON);
    assertThat(archiveOf(Language.JAVA)).contains("src/main/java/common/Types.java", "pom.xml");
    assertThat(archiveOf(Language.CPP)).contains("types.pb.h", "types.pb.cc");
    assertThat(archiveOf(Language.PYTHON)).contains("types_pb2.py");
    assertThat(storage.resolve("common/versions/v1.0.0/python/types_pb2.py")).exists();
  }

  @Test
  void store_afterAPush_hasTheDocumentedLayout() {
    push("common", "v1.0.0", COMMON);
    assertThat(storage.resolve("common/module.json")).exists();
    assertThat(storage.resolve("common/versions/v1.0.0/version.json")).exists();
    assertThat(storage.resolve("common/versions/v1.0.0/types.proto")).exists();
    assertThat(storage.resolve("common/versions/v1.0.0/descriptors.binpb")).isNotEmptyFile();
    server.close();
    assertThat(storage.resolve(".spoke/tmp")).isEmptyDirectory();
  }

  @Test
  void pull_ofFilesChangedOnDisk_isRefused() throws IOException {
    push("common", "v1.0.0", COMMON);
    Files.writeString(storage.resolve("common/versions/v1.0.0/types.proto"), "changed");
    assertThatThrownBy(() -> client.pull(new ModuleName("common"), "v1.0.0"))
        .isInstanceOfSatisfying(
            SpokeException.class, e -> assertThat(e.code()).isEqualTo(Code.DIGEST_MISMATCH));
  }

  @Test
  void listing_withABadModuleFile_showsTheOthers() throws IOException {
    push("common", "v1.0.0", COMMON);
    Files.createDirectories(storage.resolve("Bad Module/versions"));
    Files.writeString(storage.resolve("common/module.json"), "{");
    assertThat(client.modules()).containsExactly("common");
  }

  @Test
  void latest_prefersAReleaseToALaterPreRelease() {
    push("common", "v1.0.0", COMMON);
    push("common", "v1.1.0-rc.1", COMMON);
    assertThat(client.pull(new ModuleName("common"), "latest").version())
        .isEqualTo(Version.parse("v1.0.0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"module\":1}",
        "{\"module\":\"a\",\"module\":\"b\"}",
        "{\"module\":\"a\",\"version\":\"v1.0.0\",\"files\":[null]}",
        "{\"module\":\"a\",\"version\":\"v1.0.0\",\"files\":[]}",
        "{\"module\":\"../a\",\"version\":\"v1.0.0\",\"files\":[{\"path\":\"a.proto\",\"content\":\"\"}]}",
        "{\"module\":\"a\",\"version\":\"../../v1\",\"files\":[{\"path\":\"a.proto\",\"content\":\"\"}]}",
        "{\"module\":\"a\",\"version\":\"v1.0.0\",\"files\":[{\"path\":\"../a.proto\",\"content\":\"\"}]}",
        "{\"module\":\"a\",\"version\":\"v1.0.0\",\"files\":[{\"path\":\"a.proto\",\"content\":\"*\"}]}"
      })
  void push_ofAHostileBody_isABadRequest(String body) throws Exception {
    HttpResponse<String> answer =
        post(server.uri().resolve("/modules"), BodyPublishers.ofString(body));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("INVALID_REQUEST");
  }

  @Test
  void push_beyondTheSizeLimit_isRefusedAndTheServerGoesOn() throws Exception {
    HttpResponse<String> answer =
        post(server.uri().resolve("/modules"), BodyPublishers.ofByteArray(new byte[33 << 20]));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(client.modules()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/modules/none",
        "/modules/common/versions/v9.9.9",
        "/modules/common/versions/v1.0.0/files/none.proto"
      })
  void get_ofWhatIsNotThere_isNotFound(String path) throws Exception {
    push("common", "v1.0.0", COMMON);
    assertThat(get(path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/modules/common/versions/v1.0.0/files/..%2F..%2Fmodule.json",
        "/modules/common/versions/..%2F/files/version.json",
        "/modules/common/versions/v1.0.0/files/version.json",
        "/modules/..%2Fx"
      })
  void get_ofAPathThatLeadsOut_isRefused(String path) throws Exception {
    push("common", "v1.0.0", COMMON);
    assertThat(get(path).statusCode()).isIn(400, 404);
  }

  @Test
  void server_closed_leavesNoThreadAndDoesNotAnswer() {
    server.close();
    assertThatThrownBy(() -> client.modules())
        .isInstanceOfSatisfying(
            SpokeException.class, e -> assertThat(e.code()).isEqualTo(Code.UNAVAILABLE));
  }

  private VersionInfo push(String module, String version, ModuleContent content) {
    return client.push(
        new ModuleName(module), Version.parse(version), "a test", content, List.of());
  }

  private List<String> archiveOf(Language language) throws IOException {
    byte[] archive = client.download(new ModuleName("common"), "v1.0.0", language, "tar.gz");
    List<String> names = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        names.add(e.getName());
      }
    }
    assertThat(client.download(new ModuleName("common"), "v1.0.0", language, "tar.gz"))
        .isEqualTo(archive);
    return names;
  }

  private HttpResponse<String> get(String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create(server.uri() + path);
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  private static HttpResponse<String> post(URI uri, HttpRequest.BodyPublisher body)
      throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(uri).POST(body).build(), BodyHandlers.ofString(UTF_8));
    }
  }

  private static ModuleContent content(String path, String text) {
    return ModuleContent.of(Map.of(new ProtoPath(path), text.getBytes(UTF_8)));
  }
}
