package dev.aeon.spoke.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Sends answers as a request's conditions, ranges and encodings ask for. */
final class AnswerWriter {
  private static final Header IMMUTABLE =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "max-age=31536000, immutable");
  private static final Header REVALIDATE =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");
  private static final Header VARY =
      HeaderValues.createCached(HeaderNames.VARY, "Accept-Encoding, Authorization");
  private static final Header RANGES =
      HeaderValues.createCached(HeaderNames.ACCEPT_RANGES, "bytes");
  private static final Header NO_SNIFF =
      HeaderValues.createCached("X-Content-Type-Options", "nosniff");
  private static final Header GZIP = HeaderValues.createCached("Content-Encoding", "gzip");

  private AnswerWriter() {}

  static void send(Answer answer, ServerRequest request, ServerResponse response) {
    answer.headers().forEach((name, value) -> response.header(name, value));
    response.header(NO_SNIFF);
    response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
    if (answer.status().code() != Status.OK_200.code()) {
      sendBody(answer.body(), answer.status(), request, response);
      return;
    }
    response.header(answer.isImmutable() ? IMMUTABLE : REVALIDATE);
    response.header(VARY);
    sendConditionally(answer, request, response);
  }

  private static void sendConditionally(
      Answer answer, ServerRequest request, ServerResponse response) {
    ServerRequestHeaders headers = request.headers();
    boolean zipped =
        Compression.pays(answer)
            && first(headers, HeaderNames.ACCEPT_ENCODING)
                .filter(Compression::isAccepted)
                .isPresent()
            && !headers.contains(HeaderNames.RANGE);
    String tag = "\"" + answer.entityTag() + (zipped ? "-gzip" : "") + "\"";
    response.header(HeaderNames.ETAG, tag);
    if (first(headers, HeaderNames.IF_NONE_MATCH).filter(known -> names(known, tag)).isPresent()) {
      response.status(Status.NOT_MODIFIED_304).send();
    } else if (zipped) {
      response.header(GZIP);
      sendBody(answer.compressed(), Status.OK_200, request, response);
    } else if (answer.spool().isPresent()) {
      response.header(RANGES);
      sendSpool(answer.spool().get(), tag, request, response);
    } else {
      response.header(RANGES);
      sendRange(answer, tag, request, response);
    }
  }

  private static void sendRange(
      Answer answer, String tag, ServerRequest request, ServerResponse response) {
    byte[] body = answer.body();
    Optional<ByteRange> range = rangeOf(body.length, tag, request);
    if (range.isEmpty()) {
      sendBody(body, Status.OK_200, request, response);
    } else if (!range.get().isSatisfiable()) {
      refuseRange(body.length, response);
    } else {
      ByteRange part = range.get();
      response.header(HeaderNames.CONTENT_RANGE, part.contentRange(body.length));
      byte[] bytes = java.util.Arrays.copyOfRange(body, part.from(), part.to());
      sendBody(bytes, Status.PARTIAL_CONTENT_206, request, response);
    }
  }

  private static Optional<ByteRange> rangeOf(int byteSize, String tag, ServerRequest request) {
    return first(request.headers(), HeaderNames.RANGE)
        .filter(_ -> isStillOf(tag, request.headers()))
        .flatMap(header -> ByteRange.parse(header, byteSize));
  }

  private static void refuseRange(int byteSize, ServerResponse response) {
    response.header(HeaderNames.CONTENT_RANGE, "bytes */" + byteSize);
    response.status(Status.REQUESTED_RANGE_NOT_SATISFIABLE_416).send();
  }

  private static void sendSpool(
      Spool spool, String tag, ServerRequest request, ServerResponse response) {
    Optional<ByteRange> range = rangeOf(spool.byteSize(), tag, request);
    ByteRange part = range.orElse(new ByteRange(0, spool.byteSize()));
    if (!part.isSatisfiable()) {
      refuseRange(spool.byteSize(), response);
      return;
    }
    if (range.isPresent()) {
      response.header(HeaderNames.CONTENT_RANGE, part.contentRange(spool.byteSize()));
    }
    response.status(range.isPresent() ? Status.PARTIAL_CONTENT_206 : Status.OK_200);
    response.contentLength(part.to() - part.from());
    if (request.prologue().method().equals(Method.HEAD)) {
      response.send();
      return;
    }
    try (OutputStream out = response.outputStream()) {
      spool.copyTo(out, part);
    } catch (IOException e) {
      throw new UncheckedIOException("an answer could not be sent", e);
    }
  }

  private static boolean isStillOf(String tag, ServerRequestHeaders headers) {
    return first(headers, HeaderNames.IF_RANGE).map(tag::equals).orElse(true);
  }

  private static void sendBody(
      byte[] body, Status status, ServerRequest request, ServerResponse response) {
    response.status(status);
    if (request.prologue().method().equals(Method.HEAD)) {
      response.contentLength(body.length);
      response.send();
    } else {
      response.send(body);
    }
  }

  /** Whether an {@code If-None-Match} names a tag; weak ones count, as RFC 9110 has it. */
  private static boolean names(String header, String tag) {
    for (String item : header.split(",", -1)) {
      String known = item.strip();
      if (known.equals("*") || known.equals(tag) || known.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> first(ServerRequestHeaders headers, HeaderName name) {
    return headers.contains(name) ? Optional.of(headers.get(name).get()) : Optional.empty();
  }
}
