package dev.aeon.spoke.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.access.Grant;
import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.access.TokenFile;
import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.api.PushRequest;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the server does over HTTP beside what the registry does. */
class HttpContractTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String TEXT = "syntax = \"proto3\"; message A {} // " + "x".repeat(3000);
  private static final String FILE = "/modules/acme%2Fa/versions/v1.0.0/files/dir/a.proto";

  @TempDir Path storage;
  private final HttpClient http = HttpClient.newHttpClient();
  private SpokeServer server;

  @AfterEach
  void stop() {
    http.close();
    if (server != null) {
      server.close();
    }
  }

  @Test
  void file_always_mayBeKeptForeverAndIsNotSentAgain() throws Exception {
    startWithModule();
    HttpResponse<byte[]> first = get(FILE);
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.body()).isEqualTo(TEXT.getBytes(UTF_8));
    assertThat(header(first, "Cache-Control")).contains("immutable");
    HttpResponse<byte[]> second = get(FILE, "If-None-Match", header(first, "ETag"));
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(get(FILE, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void latest_always_isAskedForAgain() throws Exception {
    startWithModule();
    HttpResponse<byte[]> answer = get("/modules/acme%2Fa/versions/latest");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void moduleName_withItsSlashPlain_isTheSameModule() throws Exception {
    startWithModule();
    assertThat(get("/modules/acme/a/versions/v1.0.0/files/dir/a.proto").body())
        .isEqualTo(TEXT.getBytes(UTF_8));
    assertThat(get("/modules/acme/a").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/modules/acme%2Fa/versions/v1.0.0/dependencies",
        "/modules/acme/a/versions/v1.0.0/dependents",
        "/modules/acme/a/impact",
        "/modules/acme%2Fa/policy"
      })
  void pathBelowAModule_isNotTakenForTheModulesName(String path) throws Exception {
    startWithModule();
    assertThat(get(path).statusCode()).isEqualTo(200);
  }

  @Test
  void file_askedForCompressed_isCompressed() throws Exception {
    startWithModule();
    HttpResponse<byte[]> zipped = get(FILE, "Accept-Encoding", "br, gzip;q=0.8");
    assertThat(header(zipped, "Content-Encoding")).isEqualTo("gzip");
    assertThat(zipped.body().length).isLessThan(500);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes())
        .isEqualTo(TEXT.getBytes(UTF_8));
    assertThat(header(zipped, "ETag")).isNotEqualTo(header(get(FILE), "ETag"));
    assertThat(get(FILE, "Accept-Encoding", "gzip;q=0").headers().map())
        .doesNotContainKey("content-encoding");
  }

  @ParameterizedTest
  @CsvSource({"bytes=0-5,0,6", "bytes=10-,10,-1", "bytes=-4,-4,-1", "bytes=3-999999,3,-1"})
  void range_thatLiesWithin_isSentAlone(String range, int from, int to) throws Exception {
    startWithModule();
    byte[] whole = TEXT.getBytes(UTF_8);
    int start = from < 0 ? whole.length + from : from;
    int end = to < 0 ? whole.length : to;
    HttpResponse<byte[]> part = get(FILE, "Range", range);
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(whole, start, end));
    assertThat(header(part, "Content-Range"))
        .isEqualTo("bytes " + start + "-" + (end - 1) + "/" + whole.length);
  }

  @Test
  void range_beyondTheEnd_cannotBeMet() throws Exception {
    startWithModule();
    HttpResponse<byte[]> answer = get(FILE, "Range", "bytes=99999-");
    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(header(answer, "Content-Range")).isEqualTo("bytes */" + TEXT.length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=5-2", "bytes=", "lines=1-2", "bytes=0-1,3-4", "bytes=a-b"})
  void range_thatIsNone_isIgnored(String range) throws Exception {
    startWithModule();
    assertThat(get(FILE, "Range", range).statusCode()).isEqualTo(200);
  }

  @Test
  void range_ofAnotherState_givesTheWhole() throws Exception {
    startWithModule();
    HttpRequest request =
        request(FILE).header("Range", "bytes=0-1").header("If-Range", "\"old\"").build();
    assertThat(http.send(request, BodyHandlers.ofByteArray()).statusCode()).isEqualTo(200);
  }

  @Test
  void head_ofAFile_hasItsLengthAndNoBody() throws Exception {
    startWithModule();
    HttpRequest request = request(FILE).method("HEAD", BodyPublishers.noBody()).build();
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Length")).isEqualTo(Integer.toString(TEXT.length()));
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void failure_always_isAProblemDocument() throws Exception {
    startWithModule();
    HttpResponse<byte[]> answer = get("/modules/none");
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    JsonNode problem = json(answer);
    assertThat(problem.get("status").asInt()).isEqualTo(404);
    assertThat(problem.get("code").asString()).isEqualTo("NOT_FOUND");
    assertThat(problem.get("type").asString()).isEqualTo("urn:spoke:error:not-found");
    assertThat(problem.get("detail").asString()).contains("none");
  }

  @Test
  void path_withAnotherMethod_namesThoseItKnows() throws Exception {
    startWithModule();
    HttpRequest request = request("/modules").DELETE().build();
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(header(answer, "Allow")).isEqualTo("GET, POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/modules/%zz", "/modules/%c3%28", "/modules/a%", "/modules/a%2"})
  void path_thatIsNoUtf8_isABadRequest(String path) throws Exception {
    start(SpokeServerConfig.embedded(storage));
    assertThat(rawStatus(path)).isEqualTo(400);
  }

  /** Written by hand, since the client library refuses to send such paths. */
  private int rawStatus(String path) throws IOException {
    try (java.net.Socket socket =
        new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), server.uri().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                  .getBytes(UTF_8));
      String answer =
          new java.io.BufferedReader(new java.io.InputStreamReader(socket.getInputStream(), UTF_8))
              .readLine();
      return Integer.parseInt(answer.substring(9, 12));
    }
  }

  @Test
  void modules_inPages_areAllListedOnce() throws Exception {
    start(SpokeServerConfig.embedded(storage));
    for (String name : List.of("a", "b", "c")) {
      assertThat(push(name, "").statusCode()).isEqualTo(201);
    }
    JsonNode first = json(get("/modules?limit=2"));
    assertThat(first.get("modules")).hasSize(2);
    JsonNode second = json(get("/modules?limit=2&after=" + first.get("next").asString()));
    assertThat(second.get("modules").get(0).asString()).isEqualTo("c");
    assertThat(second.get("next").isNull()).isTrue();
    assertThat(get("/modules?limit=0").statusCode()).isEqualTo(400);
    assertThat(get("/modules?limit=x").statusCode()).isEqualTo(400);
  }

  @Test
  void changes_waitedFor_comeWithThePush() throws Exception {
    startWithModule();
    assertThat(json(get("/changes")).get("next").asLong()).isEqualTo(1);
    HttpRequest waiting = request("/changes?after=1&wait=60").build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(waiting, BodyHandlers.ofByteArray());
    push("b", "");
    JsonNode changes = json(answer.get()).get("changes");
    assertThat(changes).hasSize(1);
    assertThat(changes.get(0).get("module").asString()).isEqualTo("b");
  }

  @Test
  void close_wakesThoseWhoWait() throws Exception {
    startWithModule();
    awaitRequestsUnderWay(0);
    HttpRequest waiting = request("/changes?after=1&wait=60").build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(waiting, BodyHandlers.ofByteArray());
    awaitRequestsUnderWay(1);
    long start = System.nanoTime();
    server.close();
    answer.handle((response, failure) -> 0).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(System.nanoTime() - start).isLessThan(50_000_000_000L);
  }

  /**
   * A connection that nobody has accepted yet may outlast the server that is closed meanwhile, and
   * a request is under way for a moment after its answer has come.
   */
  private void awaitRequestsUnderWay(long count) {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (server.requestsUnderWay() != count) {
      assertThat(System.nanoTime() - deadlineNanos).isNegative();
      Thread.onSpinWait();
    }
  }

  @Test
  void description_always_hasEveryDocumentedPath() throws Exception {
    start(SpokeServerConfig.embedded(storage));
    JsonNode document = json(get("/openapi.json"));
    assertThat(document.get("openapi").asString()).isEqualTo("3.1.0");
    assertThat(document.get("paths").propertyNames())
        .contains(
            "/modules",
            "/modules/{name}/versions/{version}",
            "/modules/{name}/versions/{version}/files/{path}",
            "/modules/{name}/versions/{version}/compile/{language}",
            "/modules/{name}/versions/{version}/download/{language}",
            "/openapi.json");
    JsonNode push = document.get("paths").get("/modules").get("post");
    assertThat(push.get("x-role").asString()).isEqualTo("push");
    assertThat(document.get("components").get("schemas").propertyNames())
        .contains("PushRequest", "PushRequestFile", "VersionInfo", "Violation");
    assertThat(new String(get("/docs").body(), UTF_8)).contains("openapi.json");
  }

  @Test
  void metrics_afterRequests_countThem() throws Exception {
    startWithModule();
    get(FILE);
    get(FILE);
    String metrics = new String(get("/metrics").body(), UTF_8);
    assertThat(metrics)
        .contains("spoke_modules 1.0")
        .containsPattern("spoke_requests_seconds_count\\{.*files/\\{path}\".*status=\"200\".*} 2")
        .contains("jvm_memory_used_bytes");
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(get("/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void caller_withoutAToken_mayNothingWhereTokensAreNeeded() throws Exception {
    start(SpokeServerConfig.embedded(storage).withAnonymousRole(Role.NONE));
    HttpResponse<byte[]> refused = push("a", "");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(header(refused, "WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(get("/modules").statusCode()).isEqualTo(401);
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(push("a", "spoke_guessed").statusCode()).isEqualTo(401);
  }

  @Test
  void token_always_mayWhatItsGrantsSay() throws Exception {
    TokenFile tokens = new TokenFile(storage.resolve(".spoke/tokens.json"));
    String secret =
        tokens.create(
            "ci",
            List.of(new Grant("acme/*", Role.PUSH), new Grant("open", Role.READ)),
            Instant.now(),
            null);
    String admin = tokens.create("admin", List.of(Grant.ofAll(Role.ADMIN)), Instant.now(), null);
    start(SpokeServerConfig.embedded(storage).withAnonymousRole(Role.NONE));
    assertThat(push("acme/a", secret).statusCode()).isEqualTo(201);
    assertThat(push("other", secret).statusCode()).isEqualTo(403);
    assertThat(push("open", secret).statusCode()).isEqualTo(403);
    assertThat(push("open", admin).statusCode()).isEqualTo(201);
    assertThat(push("hidden", admin).statusCode()).isEqualTo(201);
    assertThat(authorized("/modules/open", secret).statusCode()).isEqualTo(200);
    assertThat(authorized("/modules/hidden", secret).statusCode()).isEqualTo(403);
    assertThat(new String(authorized("/modules", secret).body(), UTF_8))
        .contains("acme/a", "open")
        .doesNotContain("hidden");
    assertThat(Files.readString(storage.resolve(".spoke/tokens.json"))).doesNotContain(secret);
  }

  @Test
  void cachedFile_askedForWithoutTheRight_isRefused() throws Exception {
    String admin =
        new TokenFile(storage.resolve(".spoke/tokens.json"))
            .create("admin", List.of(Grant.ofAll(Role.ADMIN)), Instant.now(), null);
    start(SpokeServerConfig.embedded(storage).withAnonymousRole(Role.NONE));
    push("acme/a", admin);
    assertThat(authorized(FILE, admin).statusCode()).isEqualTo(200);
    assertThat(authorized(FILE, admin).statusCode()).isEqualTo(200);
    assertThat(get(FILE).statusCode()).isEqualTo(401);
  }

  @Test
  void requests_beyondTheLimit_areRefusedForNow() throws Exception {
    start(SpokeServerConfig.embedded(storage).withRequestsPerSecond(0.001));
    assertThat(get("/modules").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> refused = get("/modules");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(header(refused, "Retry-After")).isEqualTo("1");
  }

  @Test
  void auditLog_afterPushes_hasThemAndTheRefusedOnes() throws Exception {
    startWithModule();
    push("acme/a", "spoke_wrong");
    List<String> lines = Files.readAllLines(storage.resolve(".spoke/audit.ndjson"));
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).contains("\"caller\":\"anonymous\"", "\"status\":201");
    assertThat(lines.getLast()).contains("\"status\":401");
  }

  private void startWithModule() throws Exception {
    start(SpokeServerConfig.embedded(storage));
    assertThat(push("acme/a", "").statusCode()).isEqualTo(201);
  }

  private void start(SpokeServerConfig config) {
    server = SpokeServer.start(config);
  }

  private HttpResponse<byte[]> push(String module, String token) throws Exception {
    PushRequest push =
        PushRequest.of(
            new ModuleName(module),
            Version.parse("v1.0.0"),
            "",
            ModuleContent.of(Map.of(new ProtoPath("dir/a.proto"), TEXT.getBytes(UTF_8))),
            List.of());
    HttpRequest.Builder request =
        request("/modules").POST(BodyPublishers.ofByteArray(ApiJson.write(push)));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> authorized(String path, String token) throws Exception {
    return get(path, "Authorization", "Bearer " + token);
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.uri() + path));
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static JsonNode json(HttpResponse<byte[]> answer) {
    return new JsonMapper().readTree(answer.body());
  }
}
