package dev.aeon.checks.bench.trial;

import dev.aeon.checks.bench.messaging.Endpoint;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** One socket connected to another many times over: what a connection takes, and what it slows. */
final class GrowthTrial {
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

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

  /** Waits until there are that many, and then no more come. */
  private static void awaitDescriptors(int wanted) {
    int last = -1;
    for (int count = Footprint.descriptorCount();
        count < wanted || count != last;
        count = Footprint.descriptorCount()) {
      last = count;
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
