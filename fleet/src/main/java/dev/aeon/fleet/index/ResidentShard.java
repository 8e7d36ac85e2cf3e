package dev.aeon.fleet.index;

import dev.aeon.slabs.memory.SlabDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** A shard whose vectors stay in slabs of at most {@value #BLOCK_ROWS} rows each. */
final class ResidentShard implements EmbeddedShard {
  /** 64 MiB: what every Vulkan device binds as one buffer. */
  static final int BLOCK_ROWS = 16 << 10;

  private final ShardSource source;
  private final BlockScorer scorer;
  private final MemoryBudget budget;
  private final List<VectorBlock> blocks = new ArrayList<>();
  private final long slabByteSize;
  private int filling;

  private ResidentShard(
      ShardSource source, BlockScorer scorer, MemoryBudget budget, long slabByteSize) {
    this.source = source;
    this.scorer = scorer;
    this.budget = budget;
    this.slabByteSize = slabByteSize;
  }

  /** Embeds a shard of so many passages, whose slabs the caller has taken from the budget. */
  static ResidentShard embed(
      SlabDevice device,
      ShardSource source,
      BlockScorer scorer,
      MemoryBudget budget,
      long passages,
      IntConsumer filesDone) {
    ResidentShard shard = new ResidentShard(source, scorer, budget, slabByteSize(passages));
    try {
      shard.allocate(device, passages);
      source.embed(shard::add, filesDone);
      return shard;
    } catch (RuntimeException | Error failure) {
      shard.close();
      throw failure;
    }
  }

  static long slabByteSize(long passages) {
    return passages * VectorBlock.ROW_BYTE_SIZE;
  }

  private void allocate(SlabDevice device, long passages) {
    for (long left = passages; left > 0; left -= BLOCK_ROWS) {
      blocks.add(new VectorBlock(device, (int) Math.min(left, BLOCK_ROWS)));
    }
  }

  /** Files that grew since they were counted give more passages than there is room for. */
  private boolean add(float[] vector, int fileIndex, int line, int begin, int length) {
    while (filling < blocks.size() && blocks.get(filling).isFull()) {
      filling++;
    }
    if (filling == blocks.size()) {
      return false;
    }
    blocks.get(filling).add(vector, fileIndex, line, begin, length);
    return true;
  }

  @Override
  public List<RankedPassage> search(float[] query, int top) {
    TopPassages best = new TopPassages(top);
    for (VectorBlock block : blocks) {
      scorer.score(
          block,
          query,
          top,
          (row, score) -> best.offer(source.passage(block.passages(), row, score)));
    }
    return best.bestFirst();
  }

  @Override
  public long vectors() {
    return blocks.stream().mapToLong(VectorBlock::rows).sum();
  }

  @Override
  public long slabByteSize() {
    return slabByteSize;
  }

  @Override
  public void close() {
    blocks.forEach(VectorBlock::close);
    blocks.clear();
    budget.giveBack(slabByteSize);
  }
}
