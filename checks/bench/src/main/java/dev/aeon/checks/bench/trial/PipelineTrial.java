package dev.aeon.checks.bench.trial;

import dev.aeon.checks.bench.messaging.Endpoint;
import java.util.EnumMap;
import java.util.Map;

/** Each connection has a thread that feeds it; one thread drains them all. */
final class PipelineTrial {
  private final Stage stage;

  PipelineTrial(Stage stage) {
    this.stage = stage;
  }

  Map<Figure, Double> run() throws InterruptedException {
    Trial trial = stage.trial();
    Endpoint pulling = stage.listener();
    Draining draining = new Draining(pulling, trial.byteSize(), trial.pipeCount());
    for (int pipe = 0; pipe < trial.pipeCount(); pipe++) {
      stage.begin(new Feeding(stage, stage.dialer()));
    }
    stage.begin(draining);
    return rates(stage, draining);
  }

  static Map<Figure, Double> rates(Stage stage, Draining draining) throws InterruptedException {
    stage.warmUpOnce(() -> draining.count() > 0);
    long before = draining.count();
    Usage usage = stage.measure();
    long messageCount = draining.count() - before;
    stage.joinThreads();
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    usage.putRates(figures, messageCount, stage.trial().byteSize());
    usage.putCosts(figures, messageCount);
    return figures;
  }
}
