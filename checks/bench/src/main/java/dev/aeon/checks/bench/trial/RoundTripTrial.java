package dev.aeon.checks.bench.trial;

import dev.aeon.checks.bench.messaging.Endpoint;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** One side answers; each connection has a thread that asks it. */
final class RoundTripTrial {
  private static final double NANOS_PER_MICRO = 1e3;

  private final Stage stage;
  private final List<Asking> asking = new ArrayList<>();

  RoundTripTrial(Stage stage) {
    this.stage = stage;
  }

  Map<Figure, Double> run() throws InterruptedException {
    Endpoint answering = stage.listener();
    int pipeCount = stage.trial().pipeCount();
    for (int pipe = 0; pipe < pipeCount; pipe++) {
      asking.add(new Asking(stage, stage.dialer()));
    }
    stage.begin(new Answering(answering, pipeCount));
    asking.forEach(stage::begin);
    stage.warmUpOnce(() -> asking.stream().allMatch(Asking::isUnderWay));
    Usage usage = stage.measure();
    stage.joinThreads();
    return figures(usage);
  }

  private Map<Figure, Double> figures(Usage usage) {
    Histogram all = asking.getFirst().nanos().copy();
    asking.stream().skip(1).forEach(each -> all.add(each.nanos()));
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    usage.putCosts(figures, all.getTotalCount());
    figures.put(Figure.P50, all.getValueAtPercentile(50) / NANOS_PER_MICRO);
    figures.put(Figure.P99, all.getValueAtPercentile(99) / NANOS_PER_MICRO);
    figures.put(Figure.P999, all.getValueAtPercentile(99.9) / NANOS_PER_MICRO);
    return figures;
  }
}
