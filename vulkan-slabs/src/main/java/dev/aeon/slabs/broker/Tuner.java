package dev.aeon.slabs.broker;

import java.util.Comparator;
import java.util.function.Consumer;

/** Decides when workers come and go, as {@link TuningOptions} say. For the broker's thread. */
final class Tuner {
  private static final double FULL = 0.75;
  private static final double EMPTY = 0.05;
  private static final int FULL_LOOKS = 5;
  private static final int EMPTY_LOOKS = 100;

  /** After so many a worker that was started does not come any more. */
  private static final int AWAITING_LOOKS = 500;

  private final TuningOptions options;
  private long lastLookNanos;
  private int fullLooks;
  private int emptyLooks;
  private int awaitedCount;
  private int awaitingLooks;
  private boolean replacing;
  private long actionCount;

  Tuner(TuningOptions options, long nowNanos) {
    this.options = options;
    this.lastLookNanos = nowNanos - options.interval().toNanos();
  }

  long actionCount() {
    return actionCount;
  }

  /** Looks, where it is time to, and acts. */
  void look(long nowNanos, ShardTable table, String workerUrl, Consumer<Shard> retire) {
    if (options.maxShardCount() == 0 || nowNanos - lastLookNanos < options.interval().toNanos()) {
      return;
    }
    lastLookNanos = nowNanos;
    if (table.shards().size() < awaitedCount && awaitingLooks++ < AWAITING_LOOKS) {
      return;
    }
    awaitingLooks = 0;
    awaitedCount = 0;
    if (replacing) {
      replacing = false;
      emptyLooks = 0;
      retire(smallest(table), retire);
    }
    judge(table, workerUrl, retire);
  }

  private void judge(ShardTable table, String workerUrl, Consumer<Shard> retire) {
    double fullest = table.shards().stream().mapToDouble(Shard::takeRecentFill).max().orElse(0);
    fullLooks = fullest > FULL ? fullLooks + 1 : 0;
    emptyLooks = fullest < EMPTY ? emptyLooks + 1 : 0;
    int count = table.shards().size();
    if (count < options.minShardCount()) {
      start(count, options.ringByteSize(), workerUrl);
    } else if (fullLooks >= FULL_LOOKS) {
      fullLooks = 0;
      grow(table, count, workerUrl);
    } else if (emptyLooks >= EMPTY_LOOKS && count > options.minShardCount()) {
      emptyLooks = 0;
      retire(table.shards().getLast(), retire);
    }
  }

  private void grow(ShardTable table, int count, String workerUrl) {
    if (count < options.maxShardCount()) {
      start(count, options.ringByteSize(), workerUrl);
      return;
    }
    long ringByteSize = 2 * smallest(table).capacity();
    if (ringByteSize <= options.maxRingByteSize()) {
      replacing = true;
      start(count, ringByteSize, workerUrl);
    }
  }

  private void start(int count, long ringByteSize, String workerUrl) {
    awaitedCount = count + 1;
    actionCount++;
    options.supply().start(workerUrl, ringByteSize);
  }

  private void retire(Shard shard, Consumer<Shard> retire) {
    retire.accept(shard);
    actionCount++;
  }

  private static Shard smallest(ShardTable table) {
    return table.shards().stream().min(Comparator.comparingLong(Shard::capacity)).orElseThrow();
  }
}
