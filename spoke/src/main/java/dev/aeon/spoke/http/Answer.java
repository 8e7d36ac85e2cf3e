package dev.aeon.spoke.http;

import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.model.Blob;
import dev.aeon.spoke.model.SchemaDigest;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a handler answers: status, body, and how it may be kept. Not to be changed once it is made,
 * so that one answer serves many requests; the compressed body is made once, when first asked for.
 */
final class Answer {
  /** What is larger is not kept in memory, not even once. */
  private static final int SMALL_BYTES = 256 << 10;

  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";

  private final Status status;
  private final String contentType;
  private final byte[] body;
  private final boolean isImmutable;
  private final Map<String, String> headers;
  private final String entityTag;
  private final @Nullable Streamed streamed;
  private volatile byte @Nullable [] compressed;

  private Answer(
      Status status,
      String contentType,
      byte[] body,
      boolean isImmutable,
      Map<String, String> headers,
      @Nullable Streamed streamed) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.isImmutable = isImmutable;
    this.headers = headers;
    this.streamed = streamed;
    this.entityTag = streamed == null ? tagOf(SchemaDigest.ofBytes(body)) : streamed.tag();
  }

  private static String tagOf(SchemaDigest of) {
    String digest = of.value();
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
    return streamed(contentType, new Streamed(spool, spool.tag(), spool::close));
  }

  /**
   * Bytes that lie in the store: read at once where they are few, otherwise sent as they are read.
   *
   * @param digest of the bytes, or of what they never differ for
   * @param few reads them at once
   */
  static Answer stored(String contentType, Blob blob, SchemaDigest digest, Supplier<byte[]> few) {
    return blob.byteSize() > SMALL_BYTES
        ? streamed(contentType, new Streamed(blob, tagOf(digest), () -> {}))
        : bytes(contentType, few.get());
  }

  private static Answer streamed(String contentType, Streamed streamed) {
    return new Answer(Status.OK_200, contentType, new byte[0], false, Map.of(), streamed);
  }

  /**
   * A body that is sent as it is read.
   *
   * @param release frees it once it has been sent
   */
  record Streamed(Blob blob, String tag, Runnable release) {}

  /** The body, where it is not in memory. */
  Optional<Streamed> streamed() {
    return Optional.ofNullable(streamed);
  }

  /** How many bytes the body has. */
  long byteSize() {
    return streamed == null ? body.length : streamed.blob().byteSize();
  }

  /** The same for as long as there is a store: it may be kept by everybody who may read it. */
  Answer immutable() {
    return new Answer(status, contentType, body, true, headers, streamed);
  }

  Answer immutableIf(boolean condition) {
    return condition ? immutable() : this;
  }

  Answer withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, contentType, body, isImmutable, more, streamed);
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
