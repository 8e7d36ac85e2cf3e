package dev.aeon.spoke.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Confluent's Java client says to a registry and is told by it, in order. Confluent's
 * serializers are not on Maven Central, so their exchanges are written down in {@code
 * confluent/exchanges.json}, which names its source.
 */
class ConfluentExchangesTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path storage;

  @Test
  void client_ofConfluent_isAnsweredAsItsRegistryWould() throws Exception {
    JsonNode script = script();
    String mediaType = script.get("mediaType").asString();
    try (SpokeServer server = SpokeServer.start(SpokeServerConfig.embedded(storage));
        HttpClient http = HttpClient.newHttpClient()) {
      for (JsonNode exchange : script.get("exchanges")) {
        String what = exchange.get("what").asString();
        HttpRequest request = request(server.uri(), exchange.get("request"), mediaType);
        HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
        JsonNode expected = exchange.get("answer");
        JsonNode body = JSON.readTree(answer.body());
        assertThat(answer.statusCode())
            .as("%s: %s", what, body)
            .isEqualTo(expected.get("status").asInt());
        assertThat(answer.headers().firstValue("Content-Type")).as(what).hasValue(mediaType);
        assertHolds(what, body, expected.get("body"));
      }
    }
  }

  private static JsonNode script() throws IOException {
    try (InputStream in =
        ConfluentExchangesTest.class.getResourceAsStream("/confluent/exchanges.json")) {
      return JSON.readTree(in);
    }
  }

  private static HttpRequest request(URI server, JsonNode wanted, String mediaType) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + wanted.get("path").asString()))
            .header("Content-Type", mediaType)
            .header(
                "Accept",
                mediaType
                    + ", application/vnd.schemaregistry+json; qs=0.9, application/json; qs=0.5");
    return wanted.has("body")
        ? request
            .method(
                wanted.get("method").asString(),
                BodyPublishers.ofString(wanted.get("body").toString()))
            .build()
        : request.method(wanted.get("method").asString(), BodyPublishers.noBody()).build();
  }

  /** Clients pass over fields that they do not know. */
  private static void assertHolds(String what, JsonNode body, JsonNode expected) {
    if (!expected.isObject()) {
      assertThat(body).as(what).isEqualTo(expected);
      return;
    }
    expected
        .properties()
        .forEach(field ->
            assertThat(body.get(field.getKey()))
                .as("%s: %s", what, field.getKey())
                .isEqualTo(field.getValue()));
  }
}
