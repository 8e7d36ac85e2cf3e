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
import dev.aeon.spoke.model.SpokeException.Code;
import dev.aeon.spoke.model.Version;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * Many clients of one registry at once, who push what others push too, pull and list, and check
 * what each answer must be whatever the others do.
 */
final class ClientStorm {
  private static final int MODULES = 12;
  private static final int CONTENTS = 3;

  private final List<URI> servers;
  private final long seed;
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
  private final LongAdder pushes = new LongAdder();
  private final LongAdder conflicts = new LongAdder();
  private final LongAdder pulls = new LongAdder();

  ClientStorm(List<URI> servers, long seed) {
    this.servers = servers;
    this.seed = seed;
  }

  /** Runs so many clients, each until it is told to end; throws what any of them found wrong. */
  void run(int clients, BooleanSupplier goesOn) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Void>> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        int number = i;
        all.add(() -> {
          live(new Random(seed + number), servers.get(number % servers.size()), goesOn);
          return null;
        });
      }
      for (Future<Void> each : threads.invokeAll(all)) {
        each.get();
      }
    }
  }

  private void live(Random random, URI server, BooleanSupplier goesOn) {
    try (SpokeClient client = new SpokeClient(server)) {
      while (goesOn.getAsBoolean()) {
        ModuleName module = new ModuleName("storm/m" + random.nextInt(MODULES));
        if (random.nextInt(3) == 0) {
          push(client, module, Version.parse("v1." + random.nextInt(40) + ".0"), random);
        } else {
          pullOneOf(client, module, random);
        }
      }
    }
  }

  private void push(SpokeClient client, ModuleName module, Version version, Random random) {
    ModuleContent content = content(module, random.nextInt(CONTENTS));
    String digest = content.digest().value();
    String key = module + "@" + version;
    try {
      VersionInfo info = client.push(module, version, "", content, List.of());
      assertThat(info.digest()).as("the answer to a push of %s", key).isEqualTo(digest);
      assertThat(acknowledged.putIfAbsent(key, digest))
          .as("what was said of %s before", key)
          .isIn(null, digest);
      pushes.increment();
    } catch (SpokeException e) {
      assertThat(e.code()).as(e.getMessage()).isEqualTo(Code.CONFLICT);
      assertThat(e.getMessage()).contains(digest);
      assertThat(acknowledged.get(key)).as("a conflict at %s", key).isNotEqualTo(digest);
      conflicts.increment();
    }
  }

  /** What was acknowledged before the question must be in the answer, at every server. */
  private void pullOneOf(SpokeClient client, ModuleName module, Random random) {
    List<String> known =
        acknowledged.keySet().stream().filter(key -> key.startsWith(module + "@")).toList();
    if (known.isEmpty()) {
      return;
    }
    String key = known.get(random.nextInt(known.size()));
    String version = key.substring(key.indexOf('@') + 1);
    assertThat(client.module(module).versions()).as("versions of %s", module).contains(version);
    assertThat(client.pull(module, version).digest().value())
        .as(key)
        .isEqualTo(acknowledged.get(key));
    pulls.increment();
  }

  private static ModuleContent content(ModuleName module, int number) {
    String text =
        "syntax = \"proto3\"; package %s; message M%d { string id = 1; }"
            .formatted(module.value().replace('/', '.'), number);
    return ModuleContent.of(Map.of(new ProtoPath("m.proto"), text.getBytes(UTF_8)));
  }

  /** Checks, when all is quiet, that every server tells of the same, of all of it, and in order. */
  void checkAfterwards() throws Exception {
    assertThat(pushes.sum()).isPositive();
    assertThat(conflicts.sum()).isPositive();
    assertThat(pulls.sum()).isPositive();
    for (URI server : servers) {
      List<ChangeList.Entry> changes = changes(server);
      Map<String, String> told = new HashMap<>();
      long sequence = 0;
      for (ChangeList.Entry change : changes) {
        assertThat(change.sequence()).as("seed=%d", seed).isEqualTo(++sequence);
        assertThat(told.put(change.module() + "@" + change.version(), change.digest()))
            .as("told twice")
            .isNull();
      }
      assertThat(told).as("seed=%d", seed).isEqualTo(acknowledged);
    }
  }

  private static List<ChangeList.Entry> changes(URI server) throws Exception {
    List<ChangeList.Entry> all = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (long after = 0; ; ) {
        URI uri = URI.create(server + "/changes?limit=100&after=" + after);
        byte[] body =
            http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray()).body();
        ChangeList list = ApiJson.read(body, ChangeList.class, Code.INTERNAL);
        if (list.changes().isEmpty()) {
          return all;
        }
        all.addAll(list.changes());
        after = list.next();
      }
    }
  }

  @Override
  public String toString() {
    return "pushes=" + pushes + " conflicts=" + conflicts + " pulls=" + pulls + " seed=" + seed;
  }
}
