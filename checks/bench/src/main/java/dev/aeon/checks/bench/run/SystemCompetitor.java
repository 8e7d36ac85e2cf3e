package dev.aeon.checks.bench.run;

import dev.aeon.checks.bench.messaging.MessagingSystem;
import dev.aeon.checks.bench.messaging.Role;
import dev.aeon.checks.bench.trial.Figure;
import dev.aeon.checks.bench.trial.Trial;
import dev.aeon.checks.bench.trial.TrialKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A messaging system in a process of its own, which stays from trial to trial and so is warm. */
final class SystemCompetitor implements Competitor {
  /** The heap is all there from the start: see how memory is counted. */
  private static final List<String> HEAP_TOUCHED =
      List.of("-Xms768m", "-Xmx768m", "-XX:+AlwaysPreTouch");

  private final MessagingSystem system;
  private final List<String> jvmOptions;
  private @Nullable TrialProcess process;

  SystemCompetitor(MessagingSystem system, List<String> jvmOptions) {
    this.system = system;
    this.jvmOptions = List.copyOf(jvmOptions);
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
    if (subject.kind() == TrialKind.GROWTH) {
      try (TrialProcess fresh = new TrialProcess(HEAP_TOUCHED)) {
        return fresh.run(trial);
      }
    }
    try {
      return lasting().run(trial);
    } catch (IOException e) {
      abandon();
      throw e;
    }
  }

  private TrialProcess lasting() throws IOException {
    TrialProcess current = process;
    if (current == null) {
      current = new TrialProcess(jvmOptions);
      process = current;
    }
    return current;
  }

  private void abandon() {
    if (process != null) {
      process.kill();
      process = null;
    }
  }

  @Override
  public void close() throws IOException {
    if (process != null) {
      process.close();
      process = null;
    }
  }
}
