package dev.aeon.fleet.manager;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** How many files of each shard are done in a stage. Thread-safe. */
final class ShardProgress {
  private final FleetObserver observer;
  private final Stage stage;
  private final long total;
  private final List<Shard> shards;
  private final AtomicLongArray done;

  ShardProgress(FleetObserver observer, Stage stage, List<Shard> shards) {
    this.observer = observer;
    this.stage = stage;
    this.shards = shards;
    this.total = shards.stream().mapToLong(shard -> shard.paths().size()).sum();
    this.done = new AtomicLongArray(shards.size());
  }

  void at(int shard, double fraction) {
    done.set(shard, Math.round(fraction * shards.get(shard).paths().size()));
    long sum = 0;
    for (int index = 0; index < done.length(); index++) {
      sum += done.get(index);
    }
    observer.advances(stage, sum, total);
  }
}
