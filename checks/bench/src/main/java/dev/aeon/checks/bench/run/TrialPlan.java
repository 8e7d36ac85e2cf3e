package dev.aeon.checks.bench.run;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.aeon.checks.bench.messaging.TransportKind;
import dev.aeon.checks.bench.trial.TrialKind;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The subjects of a run. */
final class TrialPlan {
  private static final int SMALL = 64;
  private static final int LARGE = 64 << 10;
  private static final List<Integer> SIZES = List.of(SMALL, 1 << 10, LARGE, 1 << 20);
  private static final List<TransportKind> CONNECTED =
      List.of(TransportKind.inproc, TransportKind.ipc, TransportKind.tcp);
  private static final List<TransportKind> COUNTED = List.of(TransportKind.ipc, TransportKind.tcp);
  static final int IDLE_PIPES = 100;

  private static final int MOST_PIPES = 10_000;

  /** Of each connection one for either side, and those of the rest of the process. */
  private static final int DESCRIPTORS_PER_PIPE = 2;

  private static final long OTHER_DESCRIPTORS = 500;

  private final List<Subject> subjects = new ArrayList<>();

  private TrialPlan() {}

  static List<Subject> full() {
    TrialPlan plan = new TrialPlan();
    for (TransportKind transport : TransportKind.values()) {
      plan.sizes(TrialKind.ROUND_TRIP, transport, SIZES);
      plan.sizes(TrialKind.PIPELINE, transport, SIZES);
      plan.pipes(TrialKind.ROUND_TRIP, transport, 2, 8);
      plan.pipes(TrialKind.PIPELINE, transport, 2, 8);
      plan.pipes(TrialKind.PAIR, transport, 1);
      plan.pipes(TrialKind.FAN_OUT, transport, 1, 10, 100);
      plan.pipes(TrialKind.IDLE, transport, IDLE_PIPES);
    }
    COUNTED.forEach(each -> plan.pipes(TrialKind.GROWTH, each, 1, 10, 100, 1_000, mostPipes()));
    return plan.subjects;
  }

  static List<Subject> quick() {
    TrialPlan plan = new TrialPlan();
    for (TransportKind transport : TransportKind.values()) {
      plan.sizes(TrialKind.ROUND_TRIP, transport, List.of(SMALL));
      plan.sizes(TrialKind.PIPELINE, transport, List.of(SMALL, LARGE));
    }
    CONNECTED.forEach(each -> plan.pipes(TrialKind.PAIR, each, 1));
    COUNTED.forEach(each -> plan.pipes(TrialKind.FAN_OUT, each, 10));
    COUNTED.forEach(each -> plan.pipes(TrialKind.IDLE, each, IDLE_PIPES));
    plan.pipes(TrialKind.GROWTH, TransportKind.ipc, 100);
    return plan.subjects;
  }

  /** As many as the process may open, within what is asked for. */
  private static int mostPipes() {
    var system = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
    long allowed = system.getMaxFileDescriptorCount() - OTHER_DESCRIPTORS;
    return (int) Math.min(MOST_PIPES, allowed / DESCRIPTORS_PER_PIPE);
  }

  private void sizes(TrialKind kind, TransportKind transport, List<Integer> byteSizes) {
    byteSizes.forEach(each -> subjects.add(new Subject(kind, transport, each, 1)));
  }

  private void pipes(TrialKind kind, TransportKind transport, int... pipeCounts) {
    for (int each : pipeCounts) {
      subjects.add(new Subject(kind, transport, SMALL, each));
    }
  }
}
