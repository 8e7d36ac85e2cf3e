package dev.aeon.checks.bench.agent;

import dev.aeon.checks.bench.report.Goal;
import dev.aeon.checks.bench.report.Measurement;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/** Measures every system in turn, round after round, in directories that it deletes. */
public final class AgentRun implements AutoCloseable {
  private static final List<Integer> IN_FLIGHT = List.of(1, 16, 64, 256);
  private static final int MANY_CHANNELS = 50;
  private static final String OVER_MANY = " over " + MANY_CHANNELS + " channels";
  private static final String TIME = " time";

  /** Rounds of validation after which it is compiled as well as it will be. */
  private static final int WARM_UPS = 10;

  private static final String DURABLE = "Durable";

  /** What the operating system has, which survives the process and not the machine. */
  private static final String FLUSHED = "Flushed";

  private static final String ON_DISK = "RoundTrip on disk";
  private static final String FLUSHED_TRIP = "RoundTrip flushed";
  private static final String IN_MEMORY = "RoundTrip in memory";
  private static final String VALIDATE = "Validate";

  private final AgentPace pace;
  private final PrintWriter progress;
  private final Predicate<String> chosen;
  private final Subjects subjects;
  private final List<Measurement> measured = new ArrayList<>();

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
    this.subjects = new Subjects();
    if (!subjects.hasSyncedNats()) {
      progress.println(
          "nats-jetstream-synced is left out: this nats-server has no sync_interval, and the disk's"
              + " directories cannot be made synchronous");
    }
  }

  public List<Measurement> run() throws Exception {
    for (int inFlight : IN_FLIGHT) {
      throughputs(DURABLE, inFlight, subjects.durableLogs(1));
      throughputs(FLUSHED, inFlight, subjects.flushedLogs(1));
    }
    throughputs(DURABLE + OVER_MANY, MANY_CHANNELS * 4, subjects.durableLogs(MANY_CHANNELS));
    throughputs(FLUSHED + OVER_MANY, MANY_CHANNELS * 4, subjects.flushedLogs(MANY_CHANNELS));
    roundTrips(ON_DISK, "disk", subjects.durableLinks());
    roundTrips(FLUSHED_TRIP, "disk", subjects.flushedLinks());
    roundTrips(IN_MEMORY, "memory", subjects.linksInMemory());
    thinking();
    return measured;
  }

  /** What the names in the tables promise, for those who compare them. */
  public static String promises() {
    return """
    Systems in one table promise the same. **Durable** and **RoundTrip on disk**: a message is on \
    disk when it is confirmed, so that it survives a loss of power. `floor-force` is the disk's \
    own time for a line appended and forced, twice for a round trip. `nats-jetstream-synced` is \
    JetStream with its file store, one replica, that is told to sync every message, or, where \
    the server is older than that setting (Debian's 2.9), works in a directory in which every \
    write is synchronous (`chattr +S`), where one takes about two forces; `chronicle-synced` syncs its queue after every message. \
    **Flushed**: the operating system has it, so that it survives the end of the process alone; \
    `nats-jetstream` and `chronicle` are as they come, syncing later or never.\
    """;
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
    subjects.close();
  }

  private void throughputs(String benchmark, int inFlight, Map<String, Subjects.Opening<Log>> logs)
      throws Exception {
    Map<String, List<Double>> figures = new TreeMap<>();
    Map<String, Histogram> times = new TreeMap<>();
    for (int round = 0; round < pace.rounds() && chosen.test(benchmark); round++) {
      for (Map.Entry<String, Subjects.Opening<Log>> each : logs.entrySet()) {
        say(benchmark, each.getKey(), round, "inFlight=" + inFlight);
        try (Log log = each.getValue().open()) {
          Throughput reached = Throughput.of(log, inFlight, pace.seconds());
          figures.computeIfAbsent(each.getKey(), _ -> new ArrayList<>()).add(reached.perSecond());
          times.computeIfAbsent(each.getKey(), _ -> new Histogram(3)).add(reached.times());
        }
      }
    }
    Map<String, String> parameters = new TreeMap<>(parameters("disk"));
    parameters.put("inFlight", String.valueOf(inFlight));
    figures.forEach((system, each) ->
        measured.add(Rounds.higher(benchmark, system, "messages/s", each, parameters)));
    times.forEach(
        (system, each) -> measured.add(Rounds.times(benchmark + TIME, system, each, parameters)));
  }

  private void roundTrips(
      String benchmark, String transport, Map<String, Subjects.Opening<Link>> links)
      throws Exception {
    Map<String, Histogram> times = new TreeMap<>();
    for (int round = 0; round < pace.rounds() && chosen.test(benchmark); round++) {
      for (Map.Entry<String, Subjects.Opening<Link>> each : links.entrySet()) {
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
}
