package dev.aeon.fleet.index;

import java.util.List;

/**
 * A shard for which no memory is left: each query reads its files again and embeds them window by
 * window into one block that all such shards share. Slower, and as complete.
 */
final class StreamedShard implements EmbeddedShard {
  private final ShardSource source;
  private final BlockScorer scorer;
  private final VectorBlock window;
  private final long vectors;

  StreamedShard(ShardSource source, BlockScorer scorer, VectorBlock window, long vectors) {
    this.source = source;
    this.scorer = scorer;
    this.window = window;
    this.vectors = vectors;
  }

  @Override
  public List<RankedPassage> search(float[] query, int top) {
    TopPassages best = new TopPassages(top);
    window.clear();
    source.embed(
        (vector, fileIndex, line, begin, length) -> {
          if (window.isFull()) {
            scoreWindow(query, top, best);
          }
          window.add(vector, fileIndex, line, begin, length);
          return true;
        },
        filesDone -> {});
    scoreWindow(query, top, best);
    return best.bestFirst();
  }

  private void scoreWindow(float[] query, int top, TopPassages best) {
    scorer.score(
        window,
        query,
        top,
        (row, score) -> best.offer(source.passage(window.passages(), row, score)));
    window.clear();
  }

  @Override
  public long vectors() {
    return vectors;
  }

  @Override
  public long slabByteSize() {
    return 0;
  }

  @Override
  public void close() {
    // The window belongs to the index.
  }
}
