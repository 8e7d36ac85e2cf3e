package dev.aeon.fleet.manager;

import dev.aeon.fleet.embed.DocumentFrequencies;
import dev.aeon.fleet.text.FileTally;
import dev.aeon.fleet.v1.ShardStatistics;

/** What all shards hold together. Thread-safe. */
final class FolderStatistics {
  private final DocumentFrequencies frequencies = new DocumentFrequencies();
  private final long[] passagesByShard;
  private FileTally files = FileTally.NONE;

  FolderStatistics(int shardCount) {
    passagesByShard = new long[shardCount];
  }

  synchronized void add(ShardStatistics shard) {
    frequencies.add(
        shard.getPassages(), shard.getPassagesBySlotList(), shard.getPassagesBySlotCount());
    passagesByShard[shard.getShard()] = shard.getPassages();
    files =
        files.plus(
            new FileTally(
                shard.getFiles(),
                shard.getTextBytes(),
                shard.getTooLarge(),
                shard.getBinary(),
                shard.getUnreadable()));
  }

  synchronized long passages() {
    return frequencies.passages();
  }

  synchronized long passagesIn(int shard) {
    return passagesByShard[shard];
  }

  synchronized FileTally files() {
    return files;
  }

  synchronized float[] weights() {
    return frequencies.weights();
  }
}
