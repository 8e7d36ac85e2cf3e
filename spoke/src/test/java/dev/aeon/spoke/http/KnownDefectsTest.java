package dev.aeon.spoke.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.api.VersionInfo;
import dev.aeon.spoke.cli.SpokeCommand;
import dev.aeon.spoke.client.PulledModule;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.SpokeException.Code;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.sprocket.SprocketCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What went wrong in an earlier registry of this design, and what hostile content must not do. */
class KnownDefectsTest {
  private static final String COMMON = "syntax = \"proto3\"; package common; message Id {}";
  private static final String ORDER =
      "syntax = \"proto3\"; import \"common/common.proto\"; message Order { common.Id id = 1; }";

  @TempDir Path folder;
  private Path storage;
  private SpokeServer server;
  private SpokeClient client;

  @BeforeEach
  void start() {
    storage = folder.resolve("storage");
    server = SpokeServer.start(SpokeServerConfig.embedded(storage));
    client = new SpokeClient(server.uri());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void defect1_recursivePull_bringsWhatPushRecorded() {
    push("common", "v1.0.0", COMMON);
    assertThat(push("order", "v1.0.0", ORDER).dependencies()).containsExactly("common@v1.0.0");
    assertThat(client.pullRecursively(new ModuleName("order"), "v1.0.0"))
        .map(PulledModule::module)
        .map(ModuleName::value)
        .containsExactly("order", "common");
  }

  @Test
  void defect2_versions_neverChange() {
    push("common", "v1.0.0", COMMON);
    assertRefused(Code.CONFLICT, () -> push("common", "v1.0.0", COMMON + " message More {}"));
    assertThat(client.pull(new ModuleName("common"), "v1.0.0").digest())
        .isEqualTo(content("common.proto", COMMON).digest());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../escape.proto",
        "a/../../escape.proto",
        "/etc/escape.proto",
        "..\\\\escape.proto",
        "a/./escape.proto",
        "a//escape.proto",
        ".git/escape.proto",
        "con.proto",
        "dir/NUL.x.proto",
        "a\\u0000.proto",
        "a\\n.proto",
        "version.json",
        "~/escape.proto"
      })
  void defect3_pathThatLeadsOut_isRefusedOnWrite(String path) throws Exception {
    HttpResponse<String> answer = pushRaw("victim", "v1.0.0", path, COMMON.getBytes(UTF_8));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("path");
    assertNothingStored();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../../x", "/x", ".spoke", "a\\\\b", "x/versions/v1.0.0"})
  void defect3_moduleThatLeadsOut_isRefused(String module) throws Exception {
    assertThat(pushRaw(module, "v1.0.0", "a.proto", COMMON.getBytes(UTF_8)).statusCode())
        .isEqualTo(400);
    assertThat(pushRaw("a", module, "a.proto", COMMON.getBytes(UTF_8)).statusCode()).isEqualTo(400);
    assertNothingStored();
  }

  @Test
  void defect4_server_canDemandTokens() {
    server.close();
    SpokeServerConfig closed = SpokeServerConfig.embedded(storage).withAnonymousRole(Role.NONE);
    try (SpokeServer guarded = SpokeServer.start(closed);
        SpokeClient stranger = new SpokeClient(guarded.uri())) {
      assertRefused(Code.UNAUTHENTICATED, stranger::modules);
      assertRefused(Code.UNAUTHENTICATED, () -> push(stranger, "common", "v1.0.0", COMMON));
    }
  }

  @Test
  void defect5_latest_isNotTheCandidateOfARelease() {
    push("common", "v1.0.0-rc.9", COMMON);
    push("common", "v1.0.0-rc.10", COMMON);
    assertThat(latest()).isEqualTo("v1.0.0-rc.10");
    push("common", "v1.0.0", COMMON);
    push("common", "v1.0.1-rc.1", COMMON);
    assertThat(latest()).isEqualTo("v1.0.0");
  }

  @Test
  void defect6_download_isAnArchive() {
    push("common", "v1.0.0", COMMON);
    byte[] archive = client.download(new ModuleName("common"), "v1.0.0", Language.PYTHON, "tar.gz");
    assertThat(archive).startsWith(0x1f, 0x8b);
  }

  @Test
  void defect7_sprocket_compilesWhatIsDependedOnFirstAndForMoreThanTwoLanguages() {
    push("common", "v1.0.0", COMMON);
    push("order", "v1.0.0", ORDER);
    StringWriter out = new StringWriter();
    int exitCode =
        new CommandLine(new SprocketCommand())
            .setOut(new PrintWriter(out))
            .execute(
                "--storage-dir",
                storage.toString(),
                "--once",
                "--lang",
                "cpp,ruby",
                "--workers",
                "1");
    assertThat(exitCode).as(out.toString()).isZero();
    for (String language : List.of("cpp", "ruby")) {
      assertThat(out.toString().lines().filter(line -> line.contains(language)))
          .satisfiesExactly(
              first -> assertThat(first).contains("common"),
              second -> assertThat(second).contains("order"));
    }
  }

  @Test
  void defect8_validateAndCompile_needNoCompilerOnThePath() throws Exception {
    Path proto = Files.createDirectories(folder.resolve("proto"));
    Files.writeString(proto.resolve("common.proto"), COMMON);
    Path out = folder.resolve("out");
    assertThat(spokeWithoutPath("validate", "-dir", proto.toString())).isZero();
    assertThat(
            spokeWithoutPath(
                "compile", "-dir", proto.toString(), "-out", out.toString(), "-lang", "python"))
        .isZero();
    assertThat(out.resolve("common_pb2.py")).isRegularFile();
  }

  private static int spokeWithoutPath(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(SpokeCommand.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(Redirect.DISCARD);
    builder.redirectError(Redirect.INHERIT).environment().put("PATH", "/nonexistent");
    return builder.start().waitFor();
  }

  @Test
  void defect9_listing_survivesOneBadModuleFile() throws IOException {
    push("bad", "v1.0.0", COMMON);
    push("good", "v1.0.0", COMMON);
    Files.writeString(storage.resolve("bad/module.json"), "{");
    assertThat(client.modules()).containsExactly("bad", "good");
  }

  @Test
  void defect10_pull_checksDigests() throws IOException {
    push("common", "v1.0.0", COMMON);
    Files.writeString(storage.resolve("common/versions/v1.0.0/common.proto"), "changed");
    assertRefused(Code.DIGEST_MISMATCH, () -> client.pull(new ModuleName("common"), "v1.0.0"));
  }

  @Test
  void defect10_cycle_cannotBePushedSoPullEnds() {
    push("common", "v1.0.0", COMMON);
    push("order", "v1.0.0", ORDER);
    String back = "syntax = \"proto3\"; import \"order/order.proto\"; message C { Order o = 1; }";
    assertRefused(Code.INVALID_SCHEMA, () -> push("common", "v1.1.0", back));
  }

  @Test
  void defect11_search_needsNothingBuiltBefore() throws Exception {
    push("common", "v1.0.0", COMMON);
    assertThat(get("/search?q=common")).contains("\"name\":\"common.Id\"");
  }

  @Test
  void defect12_metrics_areReal() throws Exception {
    push("common", "v1.0.0", COMMON);
    assertThat(get("/metrics")).contains("spoke_versions 1.0");
  }

  @Test
  void content_thatIsNoUtf8_isRefusedWithItsLine() throws Exception {
    byte[] bytes = (COMMON + "\n// ?\n").getBytes(UTF_8);
    bytes[bytes.length - 2] = (byte) 0xff;
    HttpResponse<String> answer = pushRaw("a", "v1.0.0", "a.proto", bytes);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("not UTF-8", "\"line\":2");
    bytes[bytes.length - 2] = 0;
    assertThat(pushRaw("a", "v1.0.0", "a.proto", bytes).statusCode()).isEqualTo(422);
    assertNothingStored();
  }

  @Test
  void content_nestedDeeply_isRefused() {
    String nested = "syntax = \"proto3\"; " + "message A { ".repeat(5_000) + "} ".repeat(5_000);
    assertRefused(Code.INVALID_SCHEMA, () -> push("a", "v1.0.0", nested));
    assertNothingStored();
  }

  @Test
  void content_thatIsTooLarge_isRefused() throws Exception {
    byte[] huge = new byte[ModuleContent.MAX_FILE_BYTES + 1];
    Arrays.fill(huge, (byte) ' ');
    assertThat(pushRaw("a", "v1.0.0", "a.proto", huge).statusCode()).isEqualTo(413);
    assertNothingStored();
  }

  @Test
  void request_thatUnpacksToMuchMore_isRefused() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(bomb)) {
      zipped.write("{\"module\":\"a\",\"version\":\"v1.0.0\",\"files\":[".getBytes(UTF_8));
      byte[] blanks = new byte[1 << 20];
      Arrays.fill(blanks, (byte) ' ');
      for (int count = 0; count < 256; count++) {
        zipped.write(blanks);
      }
    }
    assertThat(bomb.size()).isLessThan(1 << 20);
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(server.uri().resolve("/modules"))
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(bomb.toByteArray())));
    assertThat(answer.statusCode()).isBetween(400, 499);
    assertNothingStored();
  }

  @Test
  void content_thatImportsWithoutEnd_isRefused() {
    String imports =
        Stream.iterate(0, i -> i + 1)
            .limit(20_000)
            .map(i -> "import \"bomb/" + i + ".proto\";")
            .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
            .toString();
    assertRefused(Code.LIMIT_EXCEEDED, () -> push("a", "v1.0.0", "syntax = \"proto3\";" + imports));
    assertNothingStored();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../../etc/passwd", "storage/a.proto", "C:/a.proto"})
  void import_ofWhatIsNoModule_isRefused(String path) {
    assertRefused(
        Code.INVALID_SCHEMA,
        () -> push("a", "v1.0.0", "syntax = \"proto3\"; import \"" + path + "\";"));
    assertNothingStored();
  }

  @Test
  void decoyOfAWellKnownType_isRefused() throws Exception {
    HttpResponse<String> answer =
        pushRaw(
            "a",
            "v1.0.0",
            "google/protobuf/timestamp.proto",
            "syntax = \"proto3\"; package google.protobuf; message Timestamp {}".getBytes(UTF_8));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("cannot be replaced");
    assertNothingStored();
  }

  private String latest() {
    return client.pull(new ModuleName("common"), "latest").version().toString();
  }

  private void assertNothingStored() {
    assertThat(client.modules()).isEmpty();
    assertThat(folder.resolve("escape.proto")).doesNotExist();
    try (Stream<Path> entries = Files.list(storage)) {
      assertThat(entries).map(Path::getFileName).map(Path::toString).containsExactly(".spoke");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void assertRefused(Code code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(SpokeException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private VersionInfo push(String module, String version, String text) {
    return push(client, module, version, text);
  }

  private static VersionInfo push(SpokeClient pusher, String module, String version, String text) {
    return pusher.push(
        new ModuleName(module),
        Version.parse(version),
        "",
        content(module + ".proto", text),
        List.of());
  }

  private static ModuleContent content(String path, String text) {
    return ModuleContent.of(Map.of(new ProtoPath(path), text.getBytes(UTF_8)));
  }

  /** As somebody would who writes requests by hand; {@code path} is already JSON. */
  private HttpResponse<String> pushRaw(String module, String version, String path, byte[] bytes)
      throws Exception {
    String body =
        "{\"module\":\"%s\",\"version\":\"%s\",\"files\":[{\"path\":\"%s\",\"content\":\"%s\"}]}"
            .formatted(module, version, path, Base64.getEncoder().encodeToString(bytes));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri().resolve("/modules"))
            .POST(BodyPublishers.ofString(body));
    return send(request);
  }

  private String get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(server.uri() + path))).body();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }
}
