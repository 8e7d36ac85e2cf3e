package dev.aeon.spoke.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.api.ChangeList;
import dev.aeon.spoke.api.VersionInfo;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.store.ChildProcess;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A server process that is killed while clients push to it, and started again. More of its lives by
 * {@code -Daeon.spoke.lives}, other moments by {@code -Daeon.spoke.seed}.
 */
@Timeout(600)
abstract class KilledServerContract {
  private static final int LIVES = Integer.getInteger("aeon.spoke.lives", 2);
  private static final long SEED = Long.getLong("aeon.spoke.seed", System.nanoTime());
  private static final int CLIENTS = 4;

  /** Digests by version, of all pushes that were answered. */
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

  /** The options that name the store, which is empty. */
  abstract List<String> location() throws Exception;

  @Test
  void pushes_thatWereAnswered_outliveTheServer() throws Exception {
    List<String> location = location();
    Random random = new Random(SEED);
    for (int life = 0; life < LIVES; life++) {
      liveAndDie(location, life, random.nextInt(1, 40));
    }
    Process server = server(location);
    URI uri = uriOf(server);
    try (SpokeClient client = new SpokeClient(uri)) {
      acknowledged.forEach((version, digest) ->
          assertThat(digest(client, version))
              .as("seed=%d version=%s", SEED, version)
              .isEqualTo(digest));
      checkChanges(uri);
      pushAgain(client);
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private void liveAndDie(List<String> location, int life, int pushes) throws Exception {
    Process server = server(location);
    URI uri = uriOf(server);
    CountDownLatch enough = new CountDownLatch(pushes);
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        String module = "life" + life + "-client" + i;
        clients.add(threads.submit(() -> pushUntilItDies(uri, module, enough)));
      }
      enough.await();
      server.destroyForcibly().waitFor();
      for (Future<?> client : clients) {
        client.get();
      }
    }
  }

  private void pushUntilItDies(URI uri, String module, CountDownLatch enough) {
    try (SpokeClient client = new SpokeClient(uri)) {
      for (int i = 0; true; i++) {
        acknowledged.put(module + "@v1." + i + ".0", push(client, module, i).digest());
        enough.countDown();
      }
    } catch (SpokeException e) {
      assertThat(e.code()).as(e.getMessage()).isEqualTo(SpokeException.Code.UNAVAILABLE);
    }
  }

  private static VersionInfo push(SpokeClient client, String module, int number) {
    String text = "syntax = \"proto3\"; message M%d { string a = 1; }".formatted(number);
    ModuleContent content =
        ModuleContent.of(Map.of(new ProtoPath("m.proto"), text.getBytes(UTF_8)));
    return client.push(
        new ModuleName(module), Version.parse("v1." + number + ".0"), "", content, List.of());
  }

  private static String digest(SpokeClient client, String version) {
    int at = version.indexOf('@');
    return client
        .pull(new ModuleName(version.substring(0, at)), version.substring(at + 1))
        .digest()
        .value();
  }

  /** Whoever was not answered may ask again, whether it was stored or not. */
  private void pushAgain(SpokeClient client) {
    for (int life = 0; life < LIVES; life++) {
      String module = "life" + life + "-client0";
      int next = 0;
      while (acknowledged.containsKey(module + "@v1." + next + ".0")) {
        next++;
      }
      assertThat(push(client, module, next).version()).isEqualTo("v1." + next + ".0");
    }
  }

  private void checkChanges(URI uri) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(uri + "/changes?limit=1000")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      byte[] body = http.send(request, BodyHandlers.ofByteArray()).body();
      List<ChangeList.Entry> changes =
          ApiJson.read(body, ChangeList.class, SpokeException.Code.INTERNAL).changes();
      assertThat(changes)
          .extracting(ChangeList.Entry::sequence)
          .isEqualTo(LongStream.rangeClosed(1, changes.size()).boxed().toList());
      assertThat(changes.size()).isGreaterThanOrEqualTo(Math.min(acknowledged.size(), 1000));
    }
  }

  private static Process server(List<String> location) throws Exception {
    List<String> arguments = new ArrayList<>(location);
    arguments.addAll(List.of("-port", "0"));
    return ChildProcess.start(SpokeServerCommand.class, arguments);
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
