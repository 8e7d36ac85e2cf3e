package dev.aeon.checks.bench.run;

import dev.aeon.checks.bench.messaging.MessagingSystem;
import dev.aeon.checks.bench.messaging.Role;
import dev.aeon.checks.bench.messaging.TransportKind;
import dev.aeon.checks.bench.trial.Figure;
import dev.aeon.checks.bench.trial.Trial;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A messaging system in processes of its own, one for each transport, which stay from trial to
 * trial and so are warm: no transport's code is compiled for another's use.
 */
final class SystemCompetitor implements Competitor {
  /** The heap is all there from the start: see how memory is counted. */
  private static final List<String> HEAP_TOUCHED =
      List.of("-Xms768m", "-Xmx768m", "-XX:+AlwaysPreTouch");

  private final MessagingSystem system;
  private final Function<TransportKind, List<String>> jvmOptions;
  private final Map<TransportKind, TrialProcess> processes = new EnumMap<>(TransportKind.class);

  SystemCompetitor(MessagingSystem system, Function<TransportKind, List<String>> jvmOptions) {
    this.system = system;
    this.jvmOptions = jvmOptions;
  }

  @Override
  public boolean takesPartIn(Subject subject) {
    Role listening = subject.kind().listening();
    if (!system.supports(listening, subject.transport())
        || !system.supports(subject.kind().dialing(), subject.transport())) {
      return false;
    }
    return switch (subject.kind()) {
      case GROWTH -> system.dialsRepeatedly();
      case IDLE -> system.takesManyConnections(listening) && !system.usesVirtualThreads();
      default -> subject.pipeCount() == 1 || system.takesManyConnections(listening);
    };
  }

  @Override
  public String label(Subject subject) {
    return system.label();
  }

  @Override
  public Map<Figure, Double> run(Subject subject, long warmMillis, long measureMillis)
      throws IOException, InterruptedException {
    Trial trial = subject.of(system, warmMillis, measureMillis);
    if (subject.isAlwaysFirst()) {
      try (TrialProcess fresh = new TrialProcess(HEAP_TOUCHED)) {
        return fresh.run(trial);
      }
    }
    try {
      return lasting(subject.transport()).run(trial);
    } catch (IOException e) {
      abandon(subject.transport());
      throw e;
    }
  }

  private TrialProcess lasting(TransportKind transport) throws IOException {
    TrialProcess process = processes.get(transport);
    if (process == null) {
      process = new TrialProcess(jvmOptions.apply(transport));
      processes.put(transport, process);
    }
    return process;
  }

  private void abandon(TransportKind transport) {
    TrialProcess process = processes.remove(transport);
    if (process != null) {
      process.kill();
    }
  }

  @Override
  public void close() throws IOException {
    for (TrialProcess each : processes.values()) {
      each.close();
    }
    processes.clear();
  }
}
