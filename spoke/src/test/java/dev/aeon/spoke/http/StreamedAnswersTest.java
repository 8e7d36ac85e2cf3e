package dev.aeon.spoke.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.Blob;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.store.FileSystemStore;
import dev.aeon.spoke.store.SchemaStore;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Large bodies go from the store to the client without ever being whole in memory. */
@Timeout(600)
class StreamedAnswersTest {
  private static final String VERSION = "/modules/large/versions/v1.0.0";
  private static final int FILE_BYTES = 1_000_000;

  /** More than an array can hold. */
  private static final long ENDLESS_BYTES = 5L << 30;

  /** What kernels and the client may hold of a body that nobody reads. */
  private static final long IN_FLIGHT_BYTES = 64L << 20;

  @TempDir Path storage;

  private final EndlessBlob endless = new EndlessBlob();
  private final HttpClient http = HttpClient.newHttpClient();
  private SpokeServer server;

  /** Bytes that tell where they stand; how many were read is counted. */
  private static final class EndlessBlob implements Blob {
    private final AtomicLong read = new AtomicLong();

    @Override
    public long byteSize() {
      return ENDLESS_BYTES;
    }

    @Override
    public InputStream open(long byteOffset) {
      return new InputStream() {
        private long position = byteOffset;

        @Override
        public int read() {
          return position == ENDLESS_BYTES ? -1 : at(position++) & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
          int count = (int) Math.min(length, ENDLESS_BYTES - position);
          for (int i = 0; i < count; i++) {
            bytes[offset + i] = at(position++);
          }
          read.addAndGet(count);
          return count == 0 ? -1 : count;
        }
      };
    }

    static byte at(long position) {
      return (byte) (position % 251);
    }
  }

  @BeforeEach
  void pushALargeFile() {
    server =
        SpokeServer.start(
            new SpokeServerConfig("127.0.0.1", 0, storage)
                .withStore(() -> withEndlessDescriptors(new FileSystemStore(storage))));
    StringBuilder text = new StringBuilder("syntax = \"proto3\";\nmessage M {}\n");
    while (text.length() < FILE_BYTES) {
      text.append("// line ").append(text.length()).append('\n');
    }
    try (SpokeClient client = new SpokeClient(server.uri())) {
      client.push(
          new ModuleName("large"),
          Version.parse("v1.0.0"),
          "",
          ModuleContent.of(Map.of(new ProtoPath("m.proto"), text.toString().getBytes(UTF_8))),
          List.of());
    }
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
  }

  private SchemaStore withEndlessDescriptors(SchemaStore store) {
    return (SchemaStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {SchemaStore.class},
            (_, method, arguments) -> {
              try {
                return method.getName().equals("openDescriptors")
                    ? Optional.of(endless)
                    : method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.uri() + VERSION + path));
  }

  @Test
  void body_thatNoArrayCouldHold_isReadNoFasterThanItIsTaken() throws Exception {
    HttpResponse<InputStream> answer =
        http.send(request("/descriptors").build(), BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(ENDLESS_BYTES);
    try (InputStream body = answer.body()) {
      byte[] start = body.readNBytes(1 << 20);
      for (int i = 0; i < start.length; i++) {
        assertThat(start[i]).isEqualTo(EndlessBlob.at(i));
      }
    }
    assertThat(endless.read.get()).isBetween(1L << 20, IN_FLIGHT_BYTES);
  }

  @Test
  void range_ofAnEnormousBody_isReadAlone() throws Exception {
    long from = ENDLESS_BYTES - 10;
    for (String range :
        List.of("bytes=-10", "bytes=" + from + "-", "bytes=" + from + "-" + (from + 9))) {
      HttpResponse<byte[]> answer =
          http.send(
              request("/descriptors").header("Range", range).build(), BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).as(range).isEqualTo(206);
      assertThat(answer.headers().firstValue("content-range"))
          .hasValue("bytes " + from + "-" + (ENDLESS_BYTES - 1) + "/" + ENDLESS_BYTES);
      assertThat(answer.body()).hasSize(10).startsWith(EndlessBlob.at(from));
    }
    HttpResponse<byte[]> beyond =
        http.send(
            request("/descriptors").header("Range", "bytes=" + ENDLESS_BYTES + "-").build(),
            BodyHandlers.ofByteArray());
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(endless.read.get()).isLessThan(100);
  }

  @Test
  void tagAndSize_ofAnEnormousBody_areToldWithoutReadingIt() throws Exception {
    HttpResponse<Void> head =
        http.send(request("/descriptors").HEAD().build(), BodyHandlers.discarding());
    assertThat(head.headers().firstValueAsLong("content-length")).hasValue(ENDLESS_BYTES);
    String tag = head.headers().firstValue("etag").orElseThrow();
    HttpResponse<byte[]> known =
        http.send(
            request("/descriptors").header("If-None-Match", tag).build(),
            BodyHandlers.ofByteArray());
    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(endless.read.get()).isZero();
  }

  @Test
  void largeFile_whereGzipIsTaken_isCompressedAsItIsRead() throws Exception {
    byte[] stored = Files.readAllBytes(file());
    HttpResponse<byte[]> plain =
        http.send(request("/files/m.proto").build(), BodyHandlers.ofByteArray());
    assertThat(plain.body()).isEqualTo(stored);
    HttpResponse<InputStream> zipped =
        http.send(
            request("/files/m.proto").header("Accept-Encoding", "gzip").build(),
            BodyHandlers.ofInputStream());
    assertThat(zipped.headers().firstValue("content-encoding")).hasValue("gzip");
    assertThat(zipped.headers().firstValue("etag"))
        .isNotEqualTo(plain.headers().firstValue("etag"));
    try (InputStream body = new GZIPInputStream(zipped.body())) {
      assertThat(body.readAllBytes()).isEqualTo(stored);
    }
  }

  @Test
  void largeFile_thatWasChangedOnTheDisk_neverArrivesWhole() throws Exception {
    Files.write(file(), "// line".getBytes(UTF_8), StandardOpenOption.WRITE);
    for (String encoding : List.of("identity", "gzip")) {
      HttpRequest wanted = request("/files/m.proto").header("Accept-Encoding", encoding).build();
      assertThatThrownBy(() -> http.send(wanted, BodyHandlers.ofByteArray()))
          .as(encoding)
          .isInstanceOf(IOException.class);
    }
  }

  private Path file() {
    return storage.resolve("large/versions/v1.0.0/m.proto");
  }
}
