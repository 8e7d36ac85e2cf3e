package dev.aeon.checks.bench.trial;

import dev.aeon.checks.bench.messaging.Endpoint;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** One socket connected to another many times over: what a connection takes, and what it slows. */
final class GrowthTrial {
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  /** How often the same number is seen before it is believed. */
  private static final int QUIET_LOOKS = 10;

  /** Descriptors that were counted first and had nothing to do with connections. */
  private static final int OTHERS_CLOSED = 8;

  /** Of each connection, one for either side. */
  private static final int DESCRIPTORS_PER_PIPE = 2;

  private final Stage stage;

  GrowthTrial(Stage stage) {
    this.stage = stage;
  }

  Map<Figure, Double> run() throws InterruptedException {
    Endpoint pulling = stage.listener();
    Endpoint pushing = stage.dialer();
    awaitDescriptors(0);
    Footprint before = Footprint.now();
    connect(pushing);
    double perPipe = (double) Footprint.now().bytesSince(before) / stage.trial().pipeCount();
    Draining draining = new Draining(pulling, stage.trial().byteSize(), 1);
    stage.begin(draining);
    stage.begin(new Feeding(stage, pushing));
    Map<Figure, Double> figures = PipelineTrial.rates(stage, draining);
    figures.put(Figure.MEMORY, perPipe);
    return figures;
  }

  /** The first connection, made before, is not counted: its memory is mostly the sockets'. */
  private void connect(Endpoint pushing) {
    int wanted = Footprint.descriptorCount() + DESCRIPTORS_PER_PIPE * stage.trial().pipeCount();
    for (int pipe = 0; pipe < stage.trial().pipeCount(); pipe++) {
      stage.dialAgain(pushing);
    }
    awaitDescriptors(wanted);
  }

  /** Waits until there are that many, or as good as, and then no more come. */
  private static void awaitDescriptors(int wanted) {
    int last = -1;
    int quietLooks = 0;
    while (last < wanted - OTHERS_CLOSED || quietLooks < QUIET_LOOKS) {
      LockSupport.parkNanos(PAUSE_NANOS);
      int count = Footprint.descriptorCount();
      quietLooks = count == last ? quietLooks + 1 : 0;
      last = count;
    }
  }
}
