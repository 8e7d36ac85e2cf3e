package dev.aeon.spoke.http;

import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.model.SchemaDigest;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a handler answers: status, body, and how it may be kept. Not to be changed once it is made,
 * so that one answer serves many requests; the compressed body is made once, when first asked for.
 */
final class Answer {
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";

  private final Status status;
  private final String contentType;
  private final byte[] body;
  private final boolean isImmutable;
  private final Map<String, String> headers;
  private final String entityTag;
  private final @Nullable Spool spool;
  private volatile byte @Nullable [] compressed;

  private Answer(
      Status status,
      String contentType,
      byte[] body,
      boolean isImmutable,
      Map<String, String> headers,
      @Nullable Spool spool) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.isImmutable = isImmutable;
    this.headers = headers;
    this.spool = spool;
    this.entityTag = spool == null ? tagOf(body) : spool.tag();
  }

  private static String tagOf(byte[] body) {
    String digest = SchemaDigest.ofBytes(body).value();
    return digest.substring(digest.indexOf(':') + 1).substring(0, 32);
  }

  static Answer json(Status status, Object value) {
    return new Answer(status, JSON, ApiJson.write(value), false, Map.of(), null);
  }

  static Answer json(Object value) {
    return json(Status.OK_200, value);
  }

  static Answer text(String text) {
    return bytes(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  static Answer bytes(String contentType, byte[] body) {
    return new Answer(Status.OK_200, contentType, body, false, Map.of(), null);
  }

  static Answer bytes(Status status, String contentType, byte[] body) {
    return new Answer(status, contentType, body, false, Map.of(), null);
  }

  /** A body on the disk, which the answer owns until it has been sent. */
  static Answer spooled(String contentType, Spool spool) {
    return new Answer(Status.OK_200, contentType, new byte[0], false, Map.of(), spool);
  }

  /** The body, where it is on the disk. */
  Optional<Spool> spool() {
    return Optional.ofNullable(spool);
  }

  /** The same for as long as there is a store: it may be kept by everybody who may read it. */
  Answer immutable() {
    return new Answer(status, contentType, body, true, headers, spool);
  }

  Answer immutableIf(boolean condition) {
    return condition ? immutable() : this;
  }

  Answer withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, contentType, body, isImmutable, more, spool);
  }

  Status status() {
    return status;
  }

  String contentType() {
    return contentType;
  }

  byte[] body() {
    return body;
  }

  boolean isImmutable() {
    return isImmutable;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** A strong tag of the body, without quotes. */
  String entityTag() {
    return entityTag;
  }

  byte[] compressed() {
    byte[] known = compressed;
    if (known == null) {
      known = Compression.gzip(body);
      compressed = known;
    }
    return known;
  }
}
