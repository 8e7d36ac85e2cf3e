package dev.aeon.fleet.index;

import dev.aeon.slabs.memory.SlabDevice;
import java.util.function.IntConsumer;

/**
 * Makes an agent's shards searchable within its budget of slab memory: vectors stay in slabs while
 * they fit, and shards that no longer fit are embedded anew for each query. Used by one thread.
 */
public final class ShardIndex implements AutoCloseable {
  /** 8 MiB, beside the budget. */
  private static final int WINDOW_ROWS = 2048;

  private final SlabDevice device;
  private final HarmonicsScorer scorer;
  private final MemoryBudget budget;
  private final VectorBlock window;

  /** An index in a device's memory; the device stays the caller's. */
  public ShardIndex(SlabDevice device, InterpreterChoice interpreter, MemoryBudget budget) {
    this.device = device;
    this.scorer = new HarmonicsScorer(device, interpreter);
    this.budget = budget;
    this.window = new VectorBlock(device, WINDOW_ROWS);
  }

  /**
   * Makes a shard searchable.
   *
   * @param passages how many the shard was counted to hold
   * @param filesDone told the number of files embedded, after each
   */
  public EmbeddedShard embed(ShardSource source, long passages, IntConsumer filesDone) {
    if (budget.tryTake(ResidentShard.slabByteSize(passages))) {
      return ResidentShard.embed(device, source, scorer, budget, passages, filesDone);
    }
    return new StreamedShard(source, scorer, window, passages);
  }

  /** What runs the programs, for people. */
  public String description() {
    return scorer.description();
  }

  @Override
  public void close() {
    window.close();
    scorer.close();
  }
}
