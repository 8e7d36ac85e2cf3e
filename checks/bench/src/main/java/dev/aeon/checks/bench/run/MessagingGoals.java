package dev.aeon.checks.bench.run;

import dev.aeon.checks.bench.messaging.TransportKind;
import dev.aeon.checks.bench.report.Goal;
import dev.aeon.checks.bench.report.Goal.Figure;
import dev.aeon.checks.bench.trial.TrialKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the sockets are to reach. */
public final class MessagingGoals {
  private static final String AEON = "aeon";
  private static final String LIBZMQ = "libzmq";
  private static final String ROUND_TRIP = "RoundTrip";
  private static final String PIPELINE = "Pipeline";
  private static final String IDLE = "Idle";
  private static final Pattern SECONDARY = Pattern.compile(" (bytes|allocation)$");
  private static final int SMALL = 64;
  private static final int MEDIUM = 1 << 10;
  private static final int LARGE = 64 << 10;

  private MessagingGoals() {}

  public static List<Goal> all() {
    Figure shared = new Figure(ROUND_TRIP, AEON, "shm", SMALL);
    Figure sharedAsleep = new Figure(ROUND_TRIP, "aeon-sleeping", "shm", SMALL);
    Figure virtual = new Figure(ROUND_TRIP, "aeon-virtual", "ipc", SMALL);
    Figure unix = new Figure(ROUND_TRIP, "floor-unix", "ipc", SMALL);
    return List.of(
        besideZmq(ROUND_TRIP, "ipc", SMALL, 0.45),
        beside(new Figure(ROUND_TRIP, AEON, "ipc", SMALL), unix, 1.6),
        beside(virtual, unix, 2.2),
        new Goal(new Figure(ROUND_TRIP, AEON, "ipc", SMALL), Optional.empty(), 20, true),
        besideZmq(PIPELINE, "ipc", SMALL, 1.3),
        besideZmq(PIPELINE, "ipc", MEDIUM, 1.5),
        besideZmq(PIPELINE, "ipc", LARGE, 2),
        besideZmq(ROUND_TRIP, "tcp", SMALL, 0.5),
        besideZmq(PIPELINE, "tcp", SMALL, 1.2),
        besideZmq(ROUND_TRIP, "inproc", SMALL, 0.5),
        besideZmq(PIPELINE, "inproc", SMALL, 1.2),
        beside(shared, new Figure(ROUND_TRIP, "floor-ring", "shm", SMALL), 1.8),
        beside(sharedAsleep, unix, 1),
        alone(new Figure(PIPELINE, AEON, "shm", SMALL), 10e6),
        alone(new Figure(PIPELINE + " bytes", AEON, "shm", LARGE), 8e9),
        allocatesNothing(ROUND_TRIP, "ipc"),
        allocatesNothing(ROUND_TRIP, "tcp"),
        allocatesNothing(ROUND_TRIP, "shm"),
        allocatesNothing(PIPELINE, "ipc"),
        allocatesNothing(PIPELINE, "tcp"),
        allocatesNothing(PIPELINE, "shm"),
        alone(new Figure(IDLE, AEON, "inproc", SMALL), 1),
        alone(new Figure(IDLE, AEON, "ipc", SMALL), 1),
        alone(new Figure(IDLE, AEON, "tcp", SMALL), 1),
        alone(new Figure(IDLE, AEON, "shm", SMALL), 1));
  }

  /** Chooses the subjects that are needed to judge all goals. */
  public static Predicate<String> subjects() {
    Set<String> subjects =
        all().stream()
            .flatMap(goal -> Stream.concat(Stream.of(goal.ours()), goal.peer().stream()))
            .map(MessagingGoals::subject)
            .collect(Collectors.toSet());
    return subjects::contains;
  }

  private static String subject(Figure figure) {
    TrialKind kind =
        Stream.of(TrialKind.values())
            .filter(
                each -> SECONDARY.matcher(figure.benchmark()).replaceFirst("").equals(each.label()))
            .findFirst()
            .orElseThrow();
    TransportKind transport = TransportKind.valueOf(figure.transport());
    int pipeCount = kind == TrialKind.IDLE ? TrialPlan.IDLE_PIPES : 1;
    return new Subject(kind, transport, figure.byteSize(), pipeCount).toString();
  }

  private static Goal besideZmq(String benchmark, String transport, int byteSize, double bound) {
    return beside(
        new Figure(benchmark, AEON, transport, byteSize),
        new Figure(benchmark, LIBZMQ, transport, byteSize),
        bound);
  }

  private static Goal beside(Figure ours, Figure peer, double bound) {
    return new Goal(ours, Optional.of(peer), bound, false);
  }

  /** Timers that are set a hundred times a second leave less than a byte for each message. */
  private static Goal allocatesNothing(String benchmark, String transport) {
    return alone(new Figure(benchmark + " allocation", AEON, transport, SMALL), 1);
  }

  private static Goal alone(Figure ours, double bound) {
    return new Goal(ours, Optional.empty(), bound, false);
  }
}
