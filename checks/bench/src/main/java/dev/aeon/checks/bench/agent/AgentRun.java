package dev.aeon.checks.bench.agent;

import dev.aeon.apm.channel.Durability;
import dev.aeon.apm.channel.nats.NatsChannels;
import dev.aeon.apm.channel.nats.NatsOptions;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.channel.ndjson.NdjsonOptions;
import dev.aeon.apm.channel.sp.SpChannels;
import dev.aeon.checks.bench.report.Goal;
import dev.aeon.checks.bench.report.Measurement;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Measures every system in turn, round after round, in directories that it deletes. */
public final class AgentRun implements AutoCloseable {
  private static final List<Integer> IN_FLIGHT = List.of(1, 16, 64, 256);
  private static final int MANY_CHANNELS = 50;

  /** Rounds of validation after which it is compiled as well as it will be. */
  private static final int WARM_UPS = 10;

  private static final String DURABLE = "Durable";
  private static final String ON_DISK = "RoundTrip on disk";
  private static final String IN_MEMORY = "RoundTrip in memory";
  private static final String VALIDATE = "Validate";

  private final AgentPace pace;
  private final PrintWriter progress;
  private final Predicate<String> chosen;
  private final Path root;
  private final NatsProcess nats;
  private final Optional<NatsProcess> syncedNats;
  private final AtomicInteger names = new AtomicInteger();
  private final List<Measurement> measured = new ArrayList<>();

  /** Opens something anew. */
  private interface Opening<T> {
    T open() throws Exception;
  }

  /**
   * Starts what is needed beside.
   *
   * @param progress is told what is being measured
   * @param chosen benchmarks by name
   */
  public AgentRun(AgentPace pace, PrintWriter progress, Predicate<String> chosen)
      throws IOException, InterruptedException {
    this.pace = pace;
    this.progress = progress;
    this.chosen = chosen;
    this.root = Files.createTempDirectory("apm-bench");
    this.nats = NatsProcess.start(directory());
    this.syncedNats = NatsProcess.startSynced(directory());
    if (syncedNats.isEmpty()) {
      progress.println("nats-jetstream-synced is left out: this nats-server has no sync_interval");
    }
  }

  public List<Measurement> run() throws Exception {
    for (int inFlight : IN_FLIGHT) {
      throughputs(DURABLE, inFlight, logs(1));
    }
    throughputs(DURABLE + " over 50 channels", MANY_CHANNELS * 4, manyChannels());
    roundTrips(ON_DISK, "disk", linksOnDisk());
    roundTrips(IN_MEMORY, "memory", linksInMemory());
    thinking();
    return measured;
  }

  /** What agents are to reach on this kind of machine. */
  public static List<Goal> goals() {
    return List.of(
        goal(DURABLE, "disk", 64, 10_000),
        goal(ON_DISK, "disk", 0, 2000),
        goal(IN_MEMORY, "memory", 0, 100),
        goal(VALIDATE, "none", 0, 2000));
  }

  private static Goal goal(String benchmark, String transport, int inFlight, double bound) {
    Goal.Figure ours = new Goal.Figure(benchmark, "aeon", transport, Texts.BYTE_SIZE, inFlight);
    return new Goal(ours, Optional.empty(), bound, false);
  }

  @Override
  public void close() throws IOException {
    nats.close();
    syncedNats.ifPresent(NatsProcess::close);
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Map<String, Opening<Log>> logs(int channels) {
    Map<String, Opening<Log>> logs = new LinkedHashMap<>();
    logs.put("aeon", () -> new ChannelLog(files(Durability.DURABLE), channels));
    logs.put("aeon-flush", () -> new ChannelLog(files(Durability.FLUSH), channels));
    logs.put("aeon-nats", () -> new NatsChannelLog(natsChannels()));
    logs.put("nats-jetstream", () -> new NatsLog(nats.url(), name()));
    syncedNats.ifPresent(
        server -> logs.put("nats-jetstream-synced", () -> new NatsLog(server.url(), name())));
    logs.put("chronicle-synced", () -> new ChronicleLog(directory(), true));
    logs.put("chronicle", () -> new ChronicleLog(directory(), false));
    logs.put("floor-force", () -> new ForcedFile(directory()));
    return logs;
  }

  private Map<String, Opening<Log>> manyChannels() {
    Map<String, Opening<Log>> logs = new LinkedHashMap<>();
    logs.put("aeon", () -> new ChannelLog(files(Durability.DURABLE), MANY_CHANNELS));
    logs.put("aeon-flush", () -> new ChannelLog(files(Durability.FLUSH), MANY_CHANNELS));
    return logs;
  }

  private Map<String, Opening<Link>> linksOnDisk() {
    Map<String, Opening<Link>> links = new LinkedHashMap<>();
    links.put("aeon", () -> new BusLink(files(Durability.DURABLE)));
    links.put("aeon-ipc", () -> new BusLink(filesAndIpc(Durability.DURABLE)));
    links.put("aeon-flush", () -> new BusLink(files(Durability.FLUSH)));
    links.put("aeon-flush-ipc", () -> new BusLink(filesAndIpc(Durability.FLUSH)));
    links.put("nats-jetstream", () -> new NatsLink(nats.url(), name()));
    syncedNats.ifPresent(
        server -> links.put("nats-jetstream-synced", () -> new NatsLink(server.url(), name())));
    links.put("chronicle-synced", () -> new ChronicleLink(directory()));
    links.put("floor-force", () -> new ForcedFile(directory()));
    return links;
  }

  private Map<String, Opening<Link>> linksInMemory() {
    Map<String, Opening<Link>> links = new LinkedHashMap<>();
    links.put("aeon", () -> new BusLink(SpChannels.ipc(directory())));
    links.put("aeon-inproc", () -> new BusLink(SpChannels.inproc(name())));
    return links;
  }

  private void throughputs(String benchmark, int inFlight, Map<String, Opening<Log>> logs)
      throws Exception {
    Map<String, List<Double>> figures = new TreeMap<>();
    for (int round = 0; round < pace.rounds() && chosen.test(benchmark); round++) {
      for (Map.Entry<String, Opening<Log>> each : logs.entrySet()) {
        say(benchmark, each.getKey(), round, "inFlight=" + inFlight);
        try (Log log = each.getValue().open()) {
          figures
              .computeIfAbsent(each.getKey(), _ -> new ArrayList<>())
              .add(Throughput.of(log, inFlight, pace.seconds()));
        }
      }
    }
    Map<String, String> parameters = new TreeMap<>(parameters("disk"));
    parameters.put("inFlight", String.valueOf(inFlight));
    figures.forEach((system, each) ->
        measured.add(Rounds.higher(benchmark, system, "messages/s", each, parameters)));
  }

  private void roundTrips(String benchmark, String transport, Map<String, Opening<Link>> links)
      throws Exception {
    Map<String, Histogram> times = new TreeMap<>();
    for (int round = 0; round < pace.rounds() && chosen.test(benchmark); round++) {
      for (Map.Entry<String, Opening<Link>> each : links.entrySet()) {
        say(benchmark, each.getKey(), round, "");
        try (Link link = each.getValue().open()) {
          times
              .computeIfAbsent(each.getKey(), _ -> new Histogram(3))
              .add(RoundTrips.of(link, pace.seconds()));
        }
      }
    }
    times.forEach((system, each) ->
        measured.add(Rounds.times(benchmark, system, each, parameters(transport))));
  }

  private static Map<String, String> parameters(String transport) {
    return Map.of("transport", transport, "byteSize", String.valueOf(Texts.BYTE_SIZE));
  }

  private void thinking() {
    List<Double> validations = new ArrayList<>();
    for (int round = 0; round < WARM_UPS + pace.rounds() && chosen.test(VALIDATE); round++) {
      validations.add(Thinking.validationNanos());
    }
    if (!validations.isEmpty()) {
      List<Double> warm = validations.subList(WARM_UPS, validations.size());
      measured.add(Rounds.lower(VALIDATE, "aeon", "ns", warm, parameters("none")));
    }
    if (chosen.test("Tracked")) {
      List<Double> sizes = List.of(Thinking.trackedByteSize());
      measured.add(Rounds.lower("Tracked", "aeon", "B/message", sizes, Map.of()));
    }
  }

  private void say(String benchmark, String system, int round, String parameters) {
    progress.printf("%s %s %s round %d%n", benchmark, system, parameters, round + 1);
    progress.flush();
  }

  private NdjsonChannels files(Durability durability) throws IOException {
    NdjsonOptions options = NdjsonOptions.defaults().withDurability(durability);
    return new NdjsonChannels(directory(), _ -> {}, options);
  }

  private NdjsonChannels filesAndIpc(Durability durability) throws IOException {
    return files(durability).withRelay(SpChannels.ipc(directory()).asRelay());
  }

  private NatsChannels natsChannels() {
    return NatsChannels.connect(nats.url(), NatsOptions.defaults().withStream(name()));
  }

  private Path directory() throws IOException {
    return Files.createDirectory(root.resolve(name()));
  }

  private String name() {
    return "n" + names.incrementAndGet();
  }
}
