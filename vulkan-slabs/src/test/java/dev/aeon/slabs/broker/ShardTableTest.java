package dev.aeon.slabs.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.frame.FrameKind;
import dev.aeon.slabs.transport.Acceptor;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.ConnectionOptions;
import dev.aeon.slabs.transport.Transports;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShardTableTest {
  private static final ConnectionOptions SMALL =
      ConnectionOptions.DEFAULT.withRequestByteSize(1 << 12).withResponseByteSize(1 << 12);

  private final Acceptor acceptor = Transports.bind("inproc://shard-table-test", SMALL);
  private final List<Shard> made = new ArrayList<>();
  private final ShardTable table = new ShardTable();

  @AfterEach
  void close() {
    made.forEach(Shard::close);
    acceptor.close();
  }

  @Test
  void shards_thatComeAndGoAtRandom_haveEqualSharesAndOnlyTheirRangesMove() {
    Random random = new Random(42);
    for (int step = 0; step < 60; step++) {
      Shard[] before = owners();
      boolean adds =
          table.shards().size() < 2 || (table.shards().size() < 12 && random.nextBoolean());
      Shard changed = adds ? shard() : table.shards().get(random.nextInt(table.shards().size()));
      if (adds) {
        table.add(changed);
      } else {
        table.remove(changed);
      }
      requireEvenShares();
      requireOnlyMoves(before, changed);
    }
  }

  @Test
  void range_thatMoves_isHeldUntilItsFormerShardHasAnswered() {
    Shard first = shard();
    table.add(first);
    MemorySegment frame = MemorySegment.ofArray(new byte[Frame.HEADER_BYTES]);
    Frame.begin(frame, 0, FrameKind.REQUEST, 1, 1);
    first.trySend(frame, 0, Frame.HEADER_BYTES, 0, Shard.NONE, Shard.NONE);
    Shard second = shard();
    table.add(second);
    int moved = ShardTable.RANGE_COUNT - 1;
    assertThat(table.ownerOf(moved)).isSameAs(second);
    assertThat(table.servingShard(moved)).isNull();
    assertThat(table.servingShard(0)).isSameAs(first);
    assertThat(table.isSettled()).isFalse();
    table.remove(second);
    assertThat(table.servingShard(moved)).as("back at the first, and still behind").isNull();
    assertThat(first.hasUnanswered()).isTrue();
    first.forgetOldest(0);
    assertThat(table.servingShard(moved)).isSameAs(first);
    assertThat(table.isSettled()).isTrue();
  }

  @Test
  void lastShard_thatLeaves_leavesAllToTheNext() {
    Shard first = shard();
    table.add(first);
    table.remove(first);
    assertThat(table.servingShard(5)).isNull();
    Shard second = shard();
    table.add(second);
    assertThat(table.servingShard(5)).isSameAs(second);
    assertThat(second.rangeCount()).isEqualTo(ShardTable.RANGE_COUNT);
  }

  private void requireEvenShares() {
    int share = ShardTable.RANGE_COUNT / table.shards().size();
    assertThat(table.shards())
        .allSatisfy(shard -> assertThat(shard.rangeCount()).isBetween(share / 2, 2 * share + 2));
    assertThat(table.shards().stream().mapToInt(Shard::rangeCount).sum())
        .isEqualTo(ShardTable.RANGE_COUNT);
  }

  private void requireOnlyMoves(Shard[] before, Shard changed) {
    Shard[] after = owners();
    for (int range = 0; range < before.length; range++) {
      if (before[range] != after[range]) {
        assertThat(changed).isIn(before[range], after[range]);
      }
    }
    assertThat(Arrays.asList(after)).doesNotContainNull();
  }

  private Shard[] owners() {
    Shard[] owners = new Shard[ShardTable.RANGE_COUNT];
    Arrays.setAll(owners, table::ownerOf);
    return owners;
  }

  private Shard shard() {
    Transports.connect(acceptor.address(), SMALL);
    Connection far = acceptor.poll();
    Shard shard = new Shard(made.size() + 1, far, null, 0);
    made.add(shard);
    return shard;
  }
}
