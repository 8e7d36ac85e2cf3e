package dev.aeon.checks.bench.registry;

import dev.aeon.checks.bench.report.Measurement;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.Version;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that push modules at once, each answered when it is validated and durable. */
final class PushTrial {
  private static final int CLIENTS = 8;

  private final URI registry;
  private final AtomicInteger next = new AtomicInteger();

  PushTrial(URI registry) {
    this.registry = registry;
  }

  /** Pushes so many, not counted, then as many rounds of so many. */
  List<Measurement> run(int warmUp, int count, int rounds)
      throws InterruptedException, ExecutionException {
    round(warmUp);
    List<Double> rates = new ArrayList<>();
    Queue<Long> latencies = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      latencies.addAll(round(count));
      rates.add(count / ((System.nanoTime() - start) / 1e9));
    }
    rates.sort(null);
    Samples samples = Samples.ofNanos(latencies);
    Map<String, String> parameters = Map.of("clients", Integer.toString(CLIENTS));
    return List.of(
        new Measurement(
            "Push",
            "aeon",
            "pushes/s",
            "higher",
            rates.get(rounds / 2),
            rates.getFirst(),
            rates.getLast(),
            rates.getFirst(),
            rounds,
            parameters),
        new Measurement(
            "Push latency",
            "aeon",
            "ms",
            "lower",
            samples.percentile(50),
            samples.percentile(0),
            samples.percentile(100),
            samples.percentile(99),
            latencies.size(),
            parameters));
  }

  private Queue<Long> round(int count) throws InterruptedException, ExecutionException {
    Queue<Long> latencies = new ConcurrentLinkedQueue<>();
    int last = next.get() + count;
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      Callable<Void> client = () -> push(last, latencies);
      List<Callable<Void>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(client);
      }
      for (Future<Void> each : threads.invokeAll(clients)) {
        each.get();
      }
    }
    next.set(last);
    return latencies;
  }

  private Void push(int last, Queue<Long> latencies) {
    try (SpokeClient client = new SpokeClient(registry)) {
      for (int i = next.getAndIncrement(); i < last; i = next.getAndIncrement()) {
        long start = System.nanoTime();
        client.push(
            new ModuleName("bench/service" + i),
            Version.parse("v1.0.0"),
            "a service",
            Schemas.service(i),
            List.of());
        latencies.add(System.nanoTime() - start);
      }
    }
    return null;
  }
}
