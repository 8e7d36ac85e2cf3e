package dev.aeon.sp.transport.ws;

import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.stream.StreamException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParser;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestWriter;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseWriter;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpMessageWriter;

/** HTTP heads as bytes and as HttpCore's messages. */
final class HttpCodec {
  private static final int MAX_HEADER_COUNT = 64;
  private static final Http1Config LIMITS =
      Http1Config.custom()
          .setMaxHeaderCount(MAX_HEADER_COUNT)
          .setMaxLineLength(HttpHead.MAX_BYTE_SIZE)
          .setMaxEmptyLineCount(1)
          .build();

  private static final byte[] NO_TARGET = "GET  HTTP/".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ROOT_TARGET = "GET / HTTP/".getBytes(StandardCharsets.US_ASCII);

  private HttpCodec() {}

  static ClassicHttpRequest request(byte[] head) throws StreamException {
    return parse(new DefaultHttpRequestParser(LIMITS), withTarget(head));
  }

  /** libnng up to 1.x leaves the target out where its URL has no path; the root is meant. */
  private static byte[] withTarget(byte[] head) {
    int given = NO_TARGET.length;
    if (head.length < given || !Arrays.equals(head, 0, given, NO_TARGET, 0, given)) {
      return head;
    }
    byte[] whole = Arrays.copyOf(ROOT_TARGET, head.length + ROOT_TARGET.length - given);
    System.arraycopy(head, given, whole, ROOT_TARGET.length, head.length - given);
    return whole;
  }

  static ClassicHttpResponse response(byte[] head) throws StreamException {
    return parse(new DefaultHttpResponseParser(LIMITS), head);
  }

  private static <T extends HttpMessage> T parse(HttpMessageParser<T> parser, byte[] head)
      throws StreamException {
    try {
      SessionInputBufferImpl buffer = new SessionInputBufferImpl(HttpHead.MAX_BYTE_SIZE);
      T message = parser.parse(buffer, new ByteArrayInputStream(head));
      if (message != null) {
        return message;
      }
      throw malformed("it is empty");
    } catch (HttpException | IOException | IllegalArgumentException e) {
      // The parser's own complaint about numbers out of range is the third.
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private static StreamException malformed(String detail) {
    return new StreamException(CloseReason.MALFORMED_GREETING, "HTTP head is malformed: " + detail);
  }

  static byte[] bytes(ClassicHttpRequest request) {
    return write(new DefaultHttpRequestWriter(), request);
  }

  static byte[] bytes(ClassicHttpResponse response) {
    return write(new DefaultHttpResponseWriter(), response);
  }

  private static <T extends HttpMessage> byte[] write(HttpMessageWriter<T> writer, T message) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      SessionOutputBufferImpl buffer = new SessionOutputBufferImpl(HttpHead.MAX_BYTE_SIZE);
      writer.write(message, buffer, out);
      buffer.flush(out);
      return out.toByteArray();
    } catch (HttpException | IOException e) {
      throw new IllegalStateException("HTTP head of our own cannot be written", e);
    }
  }
}
