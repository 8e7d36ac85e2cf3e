package dev.aeon.slabs.broker;

import dev.aeon.slabs.frame.Frame;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends what dead workers have not answered to those that serve their ranges now, in order. Until
 * all of one has gone, its ranges are held: newer requests come after. For the broker's thread.
 */
final class HandOver {
  private final ShardTable table;
  private final List<Shard> dead = new ArrayList<>();
  private long deadWorkerCount;
  private long handedOverCount;

  HandOver(ShardTable table) {
    this.table = table;
  }

  /** Takes over a shard that the table no longer has. */
  void add(Shard shard) {
    shard.disconnect();
    dead.add(shard);
    deadWorkerCount++;
  }

  int turn() {
    int movedCount = 0;
    for (int i = dead.size() - 1; i >= 0; i--) {
      movedCount += handOver(dead.get(i));
    }
    return movedCount;
  }

  private int handOver(Shard from) {
    int movedCount = 0;
    while (from.hasUnanswered() && tryMove(from)) {
      movedCount++;
    }
    if (!from.hasUnanswered()) {
      dead.remove(from);
      from.close();
    }
    handedOverCount += movedCount;
    return movedCount;
  }

  private boolean tryMove(Shard from) {
    MemorySegment memory = from.memory();
    long frame = from.unansweredFrame();
    Shard to = heirOf(from, memory, frame);
    if (to == null
        || !to.trySend(
            memory,
            frame,
            from.unansweredByteSize(),
            from.unansweredClient(),
            from.unansweredGathering(),
            from.unansweredSentNanos())) {
      return false;
    }
    from.forgetOldest(0);
    return true;
  }

  private @Nullable Shard heirOf(Shard from, MemorySegment memory, long frame) {
    if (from.unansweredGathering() != Shard.NONE) {
      return table.shards().isEmpty() ? null : table.shards().getFirst();
    }
    return table.ownerOf(ShardTable.rangeOf(Frame.routingOrId(memory, frame)));
  }

  boolean isDone() {
    return dead.isEmpty();
  }

  long deadWorkerCount() {
    return deadWorkerCount;
  }

  long handedOverCount() {
    return handedOverCount;
  }

  void close() {
    dead.forEach(Shard::close);
    dead.clear();
  }
}
