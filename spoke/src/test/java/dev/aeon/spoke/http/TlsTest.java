package dev.aeon.spoke.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.SpokeException;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS, with a certificate made for this run. */
class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path folder;
  private static KeyStore keys;

  @BeforeAll
  static void makeCertificate() throws Exception {
    Path store = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(keytool.waitFor()).isZero();
    keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    pem("cert.pem", "CERTIFICATE", keys.getCertificate("server").getEncoded());
    pem("key.pem", "PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded());
  }

  private static void pem(String name, String kind, byte[] bytes) throws IOException {
    String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes);
    String text = "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void server_withACertificate_answersThoseWhoTrustIt() throws Exception {
    try (SpokeServer server = start("cert.pem", "key.pem");
        HttpClient trusting = HttpClient.newBuilder().sslContext(trust()).build();
        HttpClient other = HttpClient.newHttpClient()) {
      assertThat(server.uri().getScheme()).isEqualTo("https");
      HttpResponse<String> answer = get(trusting, server.uri());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
      assertThatThrownBy(() -> get(other, server.uri())).isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void client_thatIsGivenTheCertificate_isAnswered_andOthersAreToldHow() throws Exception {
    Path certificate = folder.resolve("cert.pem");
    try (SpokeServer server = start("cert.pem", "key.pem");
        SpokeClient trusting =
            new SpokeClient(server.uri(), Optional.empty(), Optional.of(certificate));
        SpokeClient other = new SpokeClient(server.uri())) {
      assertThat(trusting.modules()).isEmpty();
      assertThatThrownBy(other::modules)
          .isInstanceOfSatisfying(
              SpokeException.class,
              e -> assertThat(e.code()).isEqualTo(SpokeException.Code.UNAVAILABLE))
          .hasMessageContaining("-ca-cert");
    }
  }

  @Test
  void client_thatIsGivenNoCertificate_isRefusedByName() throws Exception {
    Files.writeString(folder.resolve("empty.pem"), "");
    URI registry = URI.create("https://localhost:1");
    for (String name : new String[] {"empty.pem", "key.pem", "missing.pem"}) {
      assertThatThrownBy(
              () -> new SpokeClient(registry, Optional.empty(), Optional.of(folder.resolve(name))))
          .isInstanceOfSatisfying(
              SpokeException.class,
              e -> assertThat(e.code()).isEqualTo(SpokeException.Code.INVALID_REQUEST))
          .hasMessageContaining(name);
    }
  }

  @Test
  void server_spokenToInPlain_answersNothingAndGoesOn() throws Exception {
    try (SpokeServer server = start("cert.pem", "key.pem");
        HttpClient trusting = HttpClient.newBuilder().sslContext(trust()).build()) {
      assertThat(plain(server.uri())).doesNotContain("200");
      assertThat(get(trusting, server.uri()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void reflection_withACertificate_answersThoseWhoTrustItAlone() throws Exception {
    try (SpokeServer server = SpokeServer.start(config("cert.pem", "key.pem").withGrpcPort(0))) {
      int port = server.grpcPort().orElseThrow();
      ManagedChannel trusting =
          NettyChannelBuilder.forAddress("127.0.0.1", port)
              .sslContext(
                  GrpcSslContexts.forClient()
                      .trustManager(folder.resolve("cert.pem").toFile())
                      .build())
              .build();
      ManagedChannel plain =
          NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
      try {
        assertThat(answerTo(trusting)).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(answerTo(plain)).isEqualTo(Status.Code.UNAVAILABLE);
      } finally {
        trusting.shutdownNow().awaitTermination(60, TimeUnit.SECONDS);
        plain.shutdownNow().awaitTermination(60, TimeUnit.SECONDS);
      }
    }
  }

  /** What a call that names no version comes to. */
  private static Status.Code answerTo(ManagedChannel channel) {
    CompletableFuture<Status.Code> status = new CompletableFuture<>();
    ServerReflectionGrpc.newStub(channel)
        .serverReflectionInfo(
            new StreamObserver<>() {
              @Override
              public void onNext(ServerReflectionResponse answer) {
                status.complete(Status.Code.OK);
              }

              @Override
              public void onError(Throwable cause) {
                status.complete(Status.fromThrowable(cause).getCode());
              }

              @Override
              public void onCompleted() {
                status.complete(Status.Code.OK);
              }
            });
    return status.orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Test
  void server_withoutAUsableKey_doesNotStart() throws IOException {
    Files.writeString(folder.resolve("no.pem"), "nothing");
    for (String key : new String[] {"no.pem", "missing.pem", "cert.pem"}) {
      assertThatThrownBy(() -> start("cert.pem", key).close())
          .isInstanceOfSatisfying(
              SpokeException.class,
              e -> assertThat(e.code()).isEqualTo(SpokeException.Code.INVALID_REQUEST))
          .hasMessageContaining(key);
    }
  }

  private static SpokeServer start(String certificates, String key) {
    return SpokeServer.start(config(certificates, key));
  }

  private static SpokeServerConfig config(String certificates, String key) {
    return SpokeServerConfig.embedded(folder.resolve("storage"))
        .withTls(new SpokeServerConfig.TlsFiles(folder.resolve(certificates), folder.resolve(key)));
  }

  private static HttpResponse<String> get(HttpClient http, URI server) throws Exception {
    return http.send(
        HttpRequest.newBuilder(server.resolve("/ready")).build(), BodyHandlers.ofString());
  }

  private static String plain(URI server) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write("GET /ready HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
      try (InputStream in = socket.getInputStream()) {
        return new String(in.readAllBytes(), US_ASCII);
      } catch (java.net.SocketException e) {
        return Optional.ofNullable(e.getMessage()).orElse("");
      }
    }
  }

  private static SSLContext trust() throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", Objects.requireNonNull(keys.getCertificate("server")));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
