package dev.aeon.fleet.index;

import java.util.List;

/** A shard whose passages can be searched. Used by one thread. */
public sealed interface EmbeddedShard extends AutoCloseable permits ResidentShard, StreamedShard {
  /** The passages nearest to a query's vector, best first, at most {@code top} of them. */
  List<RankedPassage> search(float[] query, int top);

  /** The number of vectors. */
  long vectors();

  /** The bytes of slabs that it keeps; zero where vectors are made anew for each query. */
  long slabByteSize();

  /** Gives the slabs back. */
  @Override
  void close();
}
