package dev.aeon.spoke.client;

import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.api.ErrorBody;
import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one registry. It uses the JDK's old client: the new one takes a third of a second to
 * load, which is longer than most commands run.
 */
final class HttpCalls {
  private static final int CONNECT_LIMIT_MILLIS = 10_000;
  private static final int MAX_ANSWER_BYTES = 300 << 20;

  private final String registry;
  private final Optional<String> token;
  private final @Nullable SSLSocketFactory trusted;

  /**
   * Calls of the registry at a URI.
   *
   * @param certificates the PEM file of whom to trust; empty for whom Java trusts
   * @throws SpokeException {@code INVALID_REQUEST} where it is no HTTP URI, or the file is no good
   */
  HttpCalls(URI registry, Optional<String> token, Optional<Path> certificates) {
    String scheme = registry.getScheme();
    if (registry.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "a registry is an http or https URI, registry=" + registry);
    }
    String text = registry.toString();
    this.registry = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    this.token = token;
    this.trusted =
        scheme.equals("https") ? certificates.map(TrustedCertificates::of).orElse(null) : null;
  }

  byte[] get(String path, Duration limit) {
    return send("GET", path, null, limit);
  }

  byte[] post(String path, byte[] json, Duration limit) {
    return send("POST", path, json, limit);
  }

  private byte[] send(String method, String path, byte @Nullable [] body, Duration limit) {
    try {
      HttpURLConnection connection = open(method, path, limit);
      if (body != null) {
        write(connection, body);
      }
      int status = connection.getResponseCode();
      byte[] answer =
          read(status < 400 ? connection.getInputStream() : connection.getErrorStream());
      if (status / 100 != 2) {
        throw errorOf(status, answer);
      }
      return answer;
    } catch (SSLException e) {
      throw new SpokeException(
          SpokeException.Code.UNAVAILABLE,
          "no secure connection: where the registry's certificate is not one that Java trusts, name"
              + " its file by -ca-cert or $SPOKE_CA_CERT, registry="
              + registry
              + " cause="
              + e.getMessage(),
          e);
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.UNAVAILABLE,
          "the registry does not answer, registry="
              + registry
              + " cause="
              + e.getClass().getSimpleName(),
          e);
    }
  }

  private HttpURLConnection open(String method, String path, Duration limit) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(registry + path).toURL().openConnection();
    if (trusted != null && connection instanceof HttpsURLConnection secure) {
      secure.setSSLSocketFactory(trusted);
    }
    connection.setConnectTimeout(CONNECT_LIMIT_MILLIS);
    connection.setReadTimeout((int) limit.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setRequestMethod(method);
    connection.setRequestProperty("Accept", "*/*");
    token.ifPresent(secret -> connection.setRequestProperty("Authorization", "Bearer " + secret));
    return connection;
  }

  private static void write(HttpURLConnection connection, byte[] body) throws IOException {
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    // A body of known length is sent once: the JDK would repeat a failed POST by itself.
    connection.setFixedLengthStreamingMode(body.length);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    } catch (IOException e) {
      // A server may refuse a large body before it has read it all; its answer says why.
      if (connection.getResponseCode() < 400) {
        throw e;
      }
    }
  }

  private static byte[] read(@Nullable InputStream body) throws IOException {
    if (body == null) {
      return new byte[0];
    }
    try (body) {
      byte[] bytes = body.readNBytes(MAX_ANSWER_BYTES);
      if (bytes.length == MAX_ANSWER_BYTES) {
        throw new SpokeException(
            SpokeException.Code.LIMIT_EXCEEDED,
            "the registry's answer is too large, limitBytes=" + MAX_ANSWER_BYTES);
      }
      return bytes;
    }
  }

  private SpokeException errorOf(int status, byte[] body) {
    // The JDK keeps the body of such an answer to a request that had one.
    if (status == HttpURLConnection.HTTP_UNAUTHORIZED && body.length == 0) {
      return new SpokeException(
          SpokeException.Code.UNAUTHENTICATED,
          "the registry wants "
              + (token.isPresent() ? "another token" : "a token")
              + ": give one by -token, $SPOKE_TOKEN or 'spoke login', registry="
              + registry);
    }
    try {
      ErrorBody error = ApiJson.read(body, ErrorBody.class, SpokeException.Code.UNAVAILABLE);
      return new SpokeException(
          SpokeException.Code.valueOf(error.code()), error.detail(), error.violations());
    } catch (SpokeException | IllegalArgumentException | NullPointerException e) {
      return new SpokeException(
          SpokeException.Code.UNAVAILABLE,
          "this is no Spoke registry, registry=" + registry + " status=" + status,
          e);
    }
  }
}
