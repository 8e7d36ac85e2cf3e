package dev.aeon.checks.bench.registry;

import dev.aeon.checks.bench.report.Measurement;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Words that people search for, one search after the other. */
final class SearchTrial {
  private static final long SEED = 42;
  private static final int WARM_UP = 200;

  private SearchTrial() {}

  static List<Measurement> run(URI registry, int modules, int count)
      throws IOException, InterruptedException {
    Random random = new Random(SEED);
    List<Long> nanos = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int i = 0; i < WARM_UP + count; i++) {
        String query = query(random, i, modules);
        URI uri = URI.create(registry + "/search?limit=20&q=" + query);
        long start = System.nanoTime();
        HttpResponse<byte[]> answer =
            http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
          throw new IOException("the search failed, status=" + answer.statusCode());
        }
        if (i >= WARM_UP) {
          nanos.add(System.nanoTime() - start);
        }
      }
    }
    Samples samples = Samples.ofNanos(nanos);
    return List.of(
        new Measurement(
            "Search",
            "aeon",
            "ms",
            "lower",
            samples.percentile(50),
            samples.percentile(0),
            samples.percentile(100),
            samples.percentile(99),
            nanos.size(),
            Map.of("modules", Integer.toString(modules))));
  }

  private static String query(Random random, int number, int modules) {
    int module = random.nextInt(modules);
    return switch (number % 4) {
      case 0 -> "service" + module;
      case 1 -> "user+kind:message";
      case 2 -> "display+name";
      default -> "UserService" + module;
    };
  }
}
