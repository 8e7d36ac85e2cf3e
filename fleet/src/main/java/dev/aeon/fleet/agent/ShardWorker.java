package dev.aeon.fleet.agent;

import dev.aeon.fleet.control.ShardTask;
import dev.aeon.fleet.embed.DocumentFrequencies;
import dev.aeon.fleet.embed.Embedder;
import dev.aeon.fleet.embed.Features;
import dev.aeon.fleet.index.EmbeddedShard;
import dev.aeon.fleet.index.RankedPassage;
import dev.aeon.fleet.index.ShardIndex;
import dev.aeon.fleet.index.ShardSource;
import dev.aeon.fleet.text.FileTally;
import dev.aeon.fleet.text.PassageStream;
import dev.aeon.fleet.v1.Hit;
import dev.aeon.fleet.v1.Query;
import dev.aeon.fleet.v1.QueryResult;
import dev.aeon.fleet.v1.ShardStatistics;
import dev.aeon.fleet.v1.TermWeights;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Does an agent's work on shards. Used by one thread. */
final class ShardWorker implements AutoCloseable {
  private final Path folder;
  private final ShardIndex index;
  private final PassageStream stream = new PassageStream();
  private final Map<Integer, ShardStatistics> statistics = new HashMap<>();
  private final Map<Integer, EmbeddedShard> shards = new HashMap<>();
  private @Nullable Embedder embedder;

  ShardWorker(Path folder, ShardIndex index) {
    this.folder = folder;
    this.index = index;
  }

  void count(ShardTask task, IntConsumer filesDone) {
    DocumentFrequencies frequencies = new DocumentFrequencies();
    FileTally files =
        stream.visit(
            folder,
            task.paths(),
            (fileIndex, line, text, begin, end) -> {
              frequencies.addPassage(text, begin, end);
              return true;
            },
            filesDone);
    statistics.put(task.shard(), message(task.shard(), frequencies, files));
  }

  private static ShardStatistics message(
      int shard, DocumentFrequencies frequencies, FileTally files) {
    ShardStatistics.Builder message =
        ShardStatistics.newBuilder()
            .setShard(shard)
            .setPassages(frequencies.passages())
            .setFiles(files.files())
            .setTextBytes(files.byteSize())
            .setTooLarge(files.tooLarge())
            .setBinary(files.binary())
            .setUnreadable(files.unreadable());
    for (int slot = 0; slot < Features.SLOTS; slot++) {
      message.addPassagesBySlot(frequencies.passagesInSlot(slot));
    }
    return message.build();
  }

  /** What a shard was counted to hold, once: it is not kept. */
  Optional<ShardStatistics> takeStatistics(int shard) {
    return Optional.ofNullable(statistics.remove(shard));
  }

  void useWeights(TermWeights weights) {
    float[] bySlot = new float[weights.getWeightBySlotCount()];
    for (int slot = 0; slot < bySlot.length; slot++) {
      bySlot[slot] = weights.getWeightBySlot(slot);
    }
    embedder = new Embedder(bySlot);
  }

  /** Embeds a shard; one that is embedded already stays. */
  EmbeddedShard embed(ShardTask task, IntConsumer filesDone) {
    EmbeddedShard present = shards.get(task.shard());
    if (present != null) {
      return present;
    }
    ShardSource source = new ShardSource(folder, task.paths(), requireEmbedder(), stream);
    EmbeddedShard embedded = index.embed(source, task.passages(), filesDone);
    shards.put(task.shard(), embedded);
    return embedded;
  }

  QueryResult query(Query query) {
    EmbeddedShard shard = shards.get(query.getShard());
    if (shard == null) {
      throw new IllegalArgumentException("shard is not embedded here: shard=" + query.getShard());
    }
    char[] text = query.getText().toCharArray();
    float[] vector = new float[Features.DIMENSIONS];
    requireEmbedder().embed(text, 0, text.length, vector);
    QueryResult.Builder result = QueryResult.newBuilder().setShard(query.getShard());
    List<RankedPassage> passages = shard.search(vector, query.getTop());
    passages.forEach(passage -> result.addHits(hit(passage)));
    return result.build();
  }

  private static Hit hit(RankedPassage passage) {
    return Hit.newBuilder()
        .setPath(passage.path())
        .setLine(passage.line())
        .setScore(passage.score())
        .setCharOffset(passage.begin())
        .setCharCount(passage.length())
        .build();
  }

  private Embedder requireEmbedder() {
    Embedder present = embedder;
    if (present == null) {
      throw new IllegalStateException("the folder's weights have not come yet");
    }
    return present;
  }

  @Override
  public void close() {
    shards.values().forEach(EmbeddedShard::close);
    shards.clear();
  }
}
