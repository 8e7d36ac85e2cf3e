package dev.aeon.spoke.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.api.ApiJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The exchanges of Confluent's own clients, as its documentation has them. */
class SubjectsTest {
  private static final String SCHEMA =
      "syntax = \"proto3\";\nmessage Order {\n  string id = 1;\n}\n";
  private static final String WIDER = SCHEMA.replace("}\n", "  int32 count = 2;\n}\n");
  private static final String BROKEN = SCHEMA.replace("string id", "bool id");

  @TempDir Path storage;
  private final HttpClient http = HttpClient.newHttpClient();
  private SpokeServer server;

  @BeforeEach
  void start() {
    server = SpokeServer.start(SpokeServerConfig.embedded(storage));
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
  }

  @Test
  void schema_registeredTwice_hasOneIdAndOneVersion() throws Exception {
    long id = register("orders-value", SCHEMA).get("id").asLong();
    assertThat(register("orders-value", SCHEMA).get("id").asLong()).isEqualTo(id);
    assertThat(get("/subjects").toString()).isEqualTo("[\"orders-value\"]");
    assertThat(get("/subjects/orders-value/versions").toString()).isEqualTo("[1]");
    JsonNode byId = get("/schemas/ids/" + id);
    assertThat(byId.get("schema").asString()).isEqualTo(SCHEMA);
    assertThat(byId.get("schemaType").asString()).isEqualTo("PROTOBUF");
    JsonNode version = get("/subjects/orders-value/versions/latest");
    assertThat(version.get("id").asLong()).isEqualTo(id);
    assertThat(version.get("version").asInt()).isEqualTo(1);
    assertThat(get("/schemas/ids/" + id + "/versions").get(0).get("subject").asString())
        .isEqualTo("orders-value");
  }

  @Test
  void schema_lookedUpByItsText_isFound() throws Exception {
    register("orders-value", SCHEMA);
    register("orders-value", WIDER);
    JsonNode found = json(post("/subjects/orders-value", body(WIDER)));
    assertThat(found.get("version").asInt()).isEqualTo(2);
    HttpResponse<byte[]> missing = post("/subjects/orders-value", body(BROKEN));
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(json(missing).get("error_code").asInt()).isEqualTo(40403);
  }

  @Test
  void reference_always_leadsToItsSubject() throws Exception {
    register("common", "syntax = \"proto3\"; package common; message Id { string v = 1; }");
    String user =
        "syntax = \"proto3\"; import \"common.proto\"; message User { common.Id id = 1; }";
    Map<String, Object> request =
        Map.of(
            "schemaType",
            "PROTOBUF",
            "schema",
            user,
            "references",
            List.of(Map.of("name", "common.proto", "subject", "common", "version", 1)));
    assertThat(post("/subjects/users/versions", request).statusCode()).isEqualTo(200);
    JsonNode reference = get("/subjects/users/versions/1").get("references").get(0);
    assertThat(reference.get("subject").asString()).isEqualTo("common");
    assertThat(reference.get("version").asInt()).isEqualTo(1);
    assertThat(reference.get("name").asString()).isEqualTo("common.proto");
  }

  @Test
  void level_setForASubject_holdsAndIsTold() throws Exception {
    register("orders-value", SCHEMA);
    assertThat(
            json(send("PUT", "/config/orders-value", Map.of("compatibility", "BACKWARD")))
                .get("compatibility")
                .asString())
        .isEqualTo("BACKWARD");
    assertThat(get("/config/orders-value").get("compatibilityLevel").asString())
        .isEqualTo("BACKWARD");
    String check = "/compatibility/subjects/orders-value/versions/latest";
    assertThat(json(post(check, body(WIDER))).get("is_compatible").asBoolean()).isTrue();
    assertThat(json(post(check, body(BROKEN))).get("is_compatible").asBoolean()).isFalse();
    HttpResponse<byte[]> refused = post("/subjects/orders-value/versions", body(BROKEN));
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(json(refused).get("error_code").asInt()).isEqualTo(409);
    assertThat(post("/subjects/orders-value/versions", body(WIDER)).statusCode()).isEqualTo(200);
  }

  @Test
  void failures_always_haveTheCodesThatClientsKnow() throws Exception {
    assertThat(codeOf(raw("/subjects/none/versions"))).isEqualTo(40401);
    register("orders-value", SCHEMA);
    assertThat(codeOf(raw("/subjects/orders-value/versions/9"))).isEqualTo(40402);
    assertThat(codeOf(raw("/schemas/ids/99"))).isEqualTo(40403);
    HttpResponse<byte[]> invalid = post("/subjects/orders-value/versions", body("syntax = ;"));
    assertThat(invalid.statusCode()).isEqualTo(422);
    assertThat(codeOf(invalid)).isEqualTo(42201);
    assertThat(post("/subjects/a/versions", Map.of("schema", "\"string\"")).statusCode())
        .isEqualTo(422);
    assertThat(invalid.headers().firstValue("Content-Type"))
        .hasValue("application/vnd.schemaregistry.v1+json");
  }

  /** In the words of Confluent's Java client: its paths, queries, media types and bodies. */
  @Test
  void serializer_ofConfluent_registersAndFindsItsSchemaInItsOwnWords() throws Exception {
    String media = "application/vnd.schemaregistry.v1+json";
    HttpResponse<byte[]> registered =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(server.uri() + "/subjects/orders-value/versions?normalize=false"))
                .header("Content-Type", media)
                .header(
                    "Accept",
                    media
                        + ", application/vnd.schemaregistry+json; qs=0.9, application/json; qs=0.5")
                .POST(
                    BodyPublishers.ofString(
                        "{\"schema\":%s,\"schemaType\":\"PROTOBUF\",\"references\":[]}"
                            .formatted(new JsonMapper().writeValueAsString(SCHEMA))))
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(registered.statusCode()).isEqualTo(200);
    assertThat(registered.headers().firstValue("Content-Type")).hasValue(media);
    long id = json(registered).get("id").asLong();
    JsonNode found = get("/schemas/ids/" + id + "?fetchMaxId=false&subject=orders-value");
    assertThat(found.get("schema").asString()).isEqualTo(SCHEMA);
    assertThat(found.get("schemaType").asString()).isEqualTo("PROTOBUF");
    assertThat(get("/subjects/orders-value/versions/latest").get("id").asLong()).isEqualTo(id);
  }

  private JsonNode register(String subject, String schema) throws Exception {
    HttpResponse<byte[]> answer = post("/subjects/" + subject + "/versions", body(schema));
    assertThat(answer.statusCode()).isEqualTo(200);
    return json(answer);
  }

  private static Map<String, Object> body(String schema) {
    return Map.of("schemaType", "PROTOBUF", "schema", schema);
  }

  private static int codeOf(HttpResponse<byte[]> answer) {
    return json(answer).get("error_code").asInt();
  }

  private JsonNode get(String path) throws Exception {
    return json(raw(path));
  }

  private HttpResponse<byte[]> raw(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(server.uri() + path)).build(),
        BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> post(String path, Object body) throws Exception {
    return send("POST", path, body);
  }

  private HttpResponse<byte[]> send(String method, String path, Object body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(server.uri() + path))
            .method(method, BodyPublishers.ofByteArray(ApiJson.write(body)))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static JsonNode json(HttpResponse<byte[]> answer) {
    return new JsonMapper().readTree(answer.body());
  }
}
