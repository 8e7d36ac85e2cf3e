package dev.aeon.fleet.manager;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** Runs the stages and adds up how long each took. Used by one thread. */
final class StageClock {
  private final FleetObserver observer;
  private final Map<Stage, Duration> times = new EnumMap<>(Stage.class);

  StageClock(FleetObserver observer) {
    this.observer = observer;
  }

  <T> T time(Stage stage, Supplier<T> work) {
    long startNanos = System.nanoTime();
    observer.begins(stage);
    try {
      return work.get();
    } finally {
      times.merge(stage, Duration.ofNanos(System.nanoTime() - startNanos), Duration::plus);
      observer.ends(stage);
    }
  }

  Map<Stage, Duration> times() {
    return new EnumMap<>(times);
  }
}
