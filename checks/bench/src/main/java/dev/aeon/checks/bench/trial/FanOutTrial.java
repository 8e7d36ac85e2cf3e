package dev.aeon.checks.bench.trial;

import dev.aeon.checks.bench.messaging.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** One thread publishes without rest to subscribers with a thread each; deliveries are counted. */
final class FanOutTrial {
  private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

  private final Stage stage;
  private final CountDownLatch ended;
  private final List<Draining> draining = new ArrayList<>();

  FanOutTrial(Stage stage) {
    this.stage = stage;
    this.ended = new CountDownLatch(stage.trial().pipeCount());
  }

  Map<Figure, Double> run() throws InterruptedException {
    Endpoint publishing = stage.listener();
    for (int pipe = 0; pipe < stage.trial().pipeCount(); pipe++) {
      Draining subscriber = new Draining(stage.dialer(), stage.trial().byteSize(), 1);
      draining.add(subscriber);
      stage.begin(() -> drain(subscriber));
    }
    stage.begin(() -> publish(publishing));
    stage.warmUpOnce(() -> draining.stream().allMatch(each -> each.count() > 0));
    long before = deliveries();
    Usage usage = stage.measure();
    long count = deliveries() - before;
    stage.joinThreads();
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    usage.putRates(figures, count, stage.trial().byteSize());
    usage.putCosts(figures, count);
    return figures;
  }

  private void drain(Draining subscriber) {
    subscriber.run();
    ended.countDown();
  }

  /** What says that this was all may be dropped like anything else: it is said until all heard. */
  private void publish(Endpoint publishing) {
    while (!stage.isOver()) {
      publishing.send(stage.trial().byteSize());
    }
    while (ended.getCount() > 0) {
      publishing.send(Trial.END_BYTE_SIZE);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private long deliveries() {
    return draining.stream().mapToLong(Draining::count).sum();
  }
}
