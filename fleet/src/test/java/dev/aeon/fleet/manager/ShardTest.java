package dev.aeon.fleet.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.fleet.text.FolderScan;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardTest {
  private static List<FolderScan.Entry> files(int count, long byteSize, String suffix) {
    return IntStream.range(0, count)
        .mapToObj(index -> new FolderScan.Entry("%06d%s".formatted(index, suffix), byteSize))
        .toList();
  }

  private static void assertWhole(List<Shard> shards, List<FolderScan.Entry> files) {
    assertThat(shards.stream().flatMap(shard -> shard.paths().stream()))
        .containsExactlyElementsOf(files.stream().map(FolderScan.Entry::path).toList());
    assertThat(shards).extracting(Shard::id).containsExactlyElementsOf(range(shards.size()));
  }

  private static List<Integer> range(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void cut_equalFiles_givesAsManyShardsAsAskedFor() {
    List<FolderScan.Entry> files = files(80, 1000, "");
    List<Shard> shards = Shard.cut(files, 8);
    assertWhole(shards, files);
    assertThat(shards).hasSize(8).allSatisfy(shard -> assertThat(shard.paths()).hasSize(10));
  }

  @Test
  void cut_fewerFilesThanShards_givesOneShardAFile() {
    assertThat(Shard.cut(files(3, 1000, ""), 8)).hasSize(3);
    assertThat(Shard.cut(List.of(), 8)).isEmpty();
  }

  @Test
  void cut_fiftyThousandFiles_keepsEachTaskSmall() {
    List<FolderScan.Entry> files = files(50_000, 10, "");
    List<Shard> shards = Shard.cut(files, 8);
    assertWhole(shards, files);
    assertThat(shards).allSatisfy(shard -> assertThat(shard.paths()).hasSizeLessThan(4001));
  }

  @Test
  void cut_longPaths_keepsEachTaskSmall() {
    List<FolderScan.Entry> files = files(1000, 10, "x".repeat(4000));
    List<Shard> shards = Shard.cut(files, 1);
    assertWhole(shards, files);
    assertThat(shards)
        .allSatisfy(shard ->
            assertThat(shard.paths().stream().mapToInt(String::length).sum())
                .isLessThanOrEqualTo(160 << 10));
  }
}
