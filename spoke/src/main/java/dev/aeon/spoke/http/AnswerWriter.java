package dev.aeon.spoke.http;

import dev.aeon.spoke.model.Blob;
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
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

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

  private static final int CHUNK = 1 << 16;

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
            && !headers.contains(HeaderNames.RANGE)
            && (answer.streamed().isEmpty() || !isHead(request));
    String tag = "\"" + answer.entityTag() + (zipped ? "-gzip" : "") + "\"";
    response.header(HeaderNames.ETAG, tag);
    if (first(headers, HeaderNames.IF_NONE_MATCH).filter(known -> names(known, tag)).isPresent()) {
      response.status(Status.NOT_MODIFIED_304).send();
    } else if (zipped) {
      response.header(GZIP);
      sendZipped(answer, request, response);
    } else if (answer.streamed().isPresent()) {
      response.header(RANGES);
      sendStreamed(answer.streamed().get().blob(), tag, request, response);
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
      byte[] bytes = java.util.Arrays.copyOfRange(body, (int) part.from(), (int) part.to());
      sendBody(bytes, Status.PARTIAL_CONTENT_206, request, response);
    }
  }

  private static Optional<ByteRange> rangeOf(long byteSize, String tag, ServerRequest request) {
    return first(request.headers(), HeaderNames.RANGE)
        .filter(_ -> isStillOf(tag, request.headers()))
        .flatMap(header -> ByteRange.parse(header, byteSize));
  }

  private static void refuseRange(long byteSize, ServerResponse response) {
    response.header(HeaderNames.CONTENT_RANGE, "bytes */" + byteSize);
    response.status(Status.REQUESTED_RANGE_NOT_SATISFIABLE_416).send();
  }

  private static void sendZipped(Answer answer, ServerRequest request, ServerResponse response) {
    if (answer.streamed().isEmpty()) {
      sendBody(answer.compressed(), Status.OK_200, request, response);
      return;
    }
    Blob blob = answer.streamed().get().blob();
    response.status(Status.OK_200);
    stream(
        blob, new ByteRange(0, blob.byteSize()), response, out -> new GZIPOutputStream(out, CHUNK));
  }

  private static void sendStreamed(
      Blob blob, String tag, ServerRequest request, ServerResponse response) {
    Optional<ByteRange> range = rangeOf(blob.byteSize(), tag, request);
    ByteRange part = range.orElse(new ByteRange(0, blob.byteSize()));
    if (!part.isSatisfiable()) {
      refuseRange(blob.byteSize(), response);
      return;
    }
    if (range.isPresent()) {
      response.header(HeaderNames.CONTENT_RANGE, part.contentRange(blob.byteSize()));
    }
    response.status(range.isPresent() ? Status.PARTIAL_CONTENT_206 : Status.OK_200);
    response.contentLength(part.to() - part.from());
    if (isHead(request)) {
      response.send();
    } else {
      stream(blob, part, response, out -> out);
    }
  }

  /** Puts an encoding around what is sent. */
  private interface Encoding {
    OutputStream around(OutputStream out) throws IOException;
  }

  /**
   * Sends a part as it is read, a chunk behind: where what is stored turns out to be other bytes
   * than it should, that is known before the last of them have gone. Then the connection ends
   * without them, since what was said of the answer cannot be taken back.
   */
  private static void stream(
      Blob blob, ByteRange part, ServerResponse response, Encoding encoding) {
    try (InputStream in = blob.open(part.from())) {
      OutputStream out = encoding.around(response.outputStream());
      long left = part.to() - part.from();
      byte[] held = in.readNBytes((int) Math.min(left, CHUNK));
      while (held.length < left) {
        left -= held.length;
        byte[] next = in.readNBytes((int) Math.min(left, CHUNK));
        if (next.length == 0) {
          throw new IOException("what is stored is too short, bytesMissing=" + left);
        }
        out.write(held);
        held = next;
      }
      readToEnd(in, part, blob);
      out.write(held);
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("an answer could not be sent", e);
    }
  }

  /** The digest is compared when the end is read. */
  private static void readToEnd(InputStream in, ByteRange part, Blob blob) throws IOException {
    if (part.to() == blob.byteSize() && in.read() >= 0) {
      throw new IOException("what is stored is too long, byteSize=" + blob.byteSize());
    }
  }

  private static boolean isHead(ServerRequest request) {
    return request.prologue().method().equals(Method.HEAD);
  }

  private static boolean isStillOf(String tag, ServerRequestHeaders headers) {
    return first(headers, HeaderNames.IF_RANGE).map(tag::equals).orElse(true);
  }

  private static void sendBody(
      byte[] body, Status status, ServerRequest request, ServerResponse response) {
    response.status(status);
    if (isHead(request)) {
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
