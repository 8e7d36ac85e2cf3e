package dev.aeon.spoke.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with little memory, and clients who together want more than it has. */
@Timeout(600)
class LargeBodiesTest {
  private static final int CLIENTS = 8;
  private static final int FILES = 2;
  private static final int FILE_BYTES = 4_000_000;
  private static final long HUGE_BYTES = 300L << 20;

  @TempDir Path storage;

  @Test
  void modules_thatTogetherNeedMoreThanTheHeap_arePushedAndReadAtOnce() throws Exception {
    Process server = start();
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = uriOf(server);
      ModuleContent content = content();
      inParallel(client -> push(uri, client, content));
      inParallel(client -> fetch(http, uri, client));
      String last = uri + "/modules/large0/versions/v1.0.0/files/f0.proto";
      HttpResponse<byte[]> file = get(http, last, "bytes=0-8");
      assertThat(file.statusCode()).isEqualTo(206);
      assertThat(file.body()).isEqualTo("syntax = ".getBytes(UTF_8));
      assertThat(server.isAlive()).isTrue();
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  @Test
  void artifactAndDescriptors_largerThanTheHeap_areSentAsTheyAreRead() throws Exception {
    Process server = start();
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = uriOf(server);
      push(uri, 0, smallContent());
      Path version = storage.resolve("large0/versions/v1.0.0");
      makeSparse(Files.createDirectories(version.resolve("python")).resolve("huge_pb2.py"));
      makeSparse(version.resolve("descriptors.binpb"));
      String address = uri + "/modules/large0/versions/v1.0.0";
      try (ZipInputStream zip =
          new ZipInputStream(open(http, address + "/download/python?format=zip"))) {
        assertThat(zip.getNextEntry().getName()).isEqualTo("huge_pb2.py");
        assertThat(zip.transferTo(OutputStream.nullOutputStream())).isEqualTo(HUGE_BYTES);
      }
      try (InputStream descriptors = open(http, address + "/descriptors")) {
        assertThat(descriptors.transferTo(OutputStream.nullOutputStream())).isEqualTo(HUGE_BYTES);
      }
      HttpResponse<byte[]> end = get(http, address + "/descriptors", "bytes=-7");
      assertThat(end.statusCode()).isEqualTo(206);
      assertThat(end.body()).hasSize(7);
      assertThat(server.isAlive()).isTrue();
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private static InputStream open(HttpClient http, String uri) throws Exception {
    HttpResponse<InputStream> answer =
        http.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private static void makeSparse(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(HUGE_BYTES);
    }
  }

  private static ModuleContent smallContent() {
    byte[] text = "syntax = \"proto3\";\nmessage M {}\n".getBytes(UTF_8);
    return ModuleContent.of(Map.of(new ProtoPath("m.proto"), text));
  }

  private interface Client {
    void run(int number) throws Exception;
  }

  private static void inParallel(Client client) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Callable<Void>> calls = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int number = i;
        calls.add(() -> {
          client.run(number);
          return null;
        });
      }
      for (Future<Void> call : threads.invokeAll(calls)) {
        call.get();
      }
    }
  }

  private static void push(URI registry, int number, ModuleContent content) {
    try (SpokeClient client = new SpokeClient(registry)) {
      boolean isTaken = false;
      while (!isTaken) {
        isTaken = push(client, new ModuleName("large" + number), content);
      }
    }
  }

  /** On a slow machine others may have the memory for longer than a server lets one wait. */
  private static boolean push(SpokeClient client, ModuleName module, ModuleContent content) {
    try {
      client.push(module, Version.parse("v1.0.0"), "", content, List.of());
      return true;
    } catch (SpokeException e) {
      assertThat(e.code()).as(e.getMessage()).isEqualTo(SpokeException.Code.UNAVAILABLE);
      return false;
    }
  }

  private static void fetch(HttpClient http, URI registry, int number) throws Exception {
    String version = registry + "/modules/large" + number + "/versions/v1.0.0";
    HttpResponse<byte[]> file = get(http, version + "/files/f1.proto", "");
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.body()).hasSize(FILE_BYTES);
    HttpResponse<byte[]> archive = get(http, version + "/download/python", "");
    assertThat(archive.statusCode()).isEqualTo(200);
    HttpResponse<byte[]> rest = get(http, version + "/download/python", "bytes=100-");
    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(rest.body()).hasSize(archive.body().length - 100);
  }

  /** Who is refused for want of memory asks again, as in {@link #push}. */
  private static HttpResponse<byte[]> get(HttpClient http, String uri, String range)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
    if (!range.isEmpty()) {
      request.header("Range", range);
    }
    HttpResponse<byte[]> answer;
    do {
      answer = http.send(request.build(), BodyHandlers.ofByteArray());
    } while (answer.statusCode() == HttpURLConnection.HTTP_UNAVAILABLE);
    return answer;
  }

  /** 8 MB that compile to next to nothing. */
  private static ModuleContent content() {
    Map<ProtoPath, byte[]> files = new TreeMap<>();
    for (int i = 0; i < FILES; i++) {
      StringBuilder text = new StringBuilder("syntax = \"proto3\";\nmessage M" + i + " {}\n");
      while (text.length() < FILE_BYTES) {
        text.append(text.length() % 80 == 0 ? '\n' : ' ');
      }
      files.put(new ProtoPath("f" + i + ".proto"), text.toString().getBytes(UTF_8));
    }
    return ModuleContent.of(files);
  }

  private Process start() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            SpokeServerCommand.class.getName(),
            "-port",
            "0",
            "-storage-dir",
            storage.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static URI uriOf(Process server) throws Exception {
    BufferedReader out = server.inputReader();
    String line = out.readLine();
    while (!line.contains(" at http")) {
      line = out.readLine();
    }
    return URI.create(line.substring(line.indexOf(" at http") + 4));
  }
}
