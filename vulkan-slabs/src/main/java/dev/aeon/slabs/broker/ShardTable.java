package dev.aeon.slabs.broker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which shard serves which range of hashes. There are 4096 ranges of equal size; a shard that comes
 * takes its share from those that have most, one that leaves gives each of its ranges to whoever
 * has least, and no other range moves.
 *
 * <p>A range that has moved is held until its former shard has answered all it was sent before: so
 * requests of one key are served one after another, whoever serves them. For the broker's thread.
 */
final class ShardTable {
  static final int RANGE_COUNT = 4096;

  private static final int HASH_SHIFT = Long.SIZE - 12;
  private static final Comparator<Shard> BY_RANGES = Comparator.comparingInt(Shard::rangeCount);

  private final List<Shard> shards = new ArrayList<>();
  private final @Nullable Shard[] owners = new @Nullable Shard[RANGE_COUNT];
  private final @Nullable Shard[] formerOwners = new @Nullable Shard[RANGE_COUNT];
  private final long[] barriers = new long[RANGE_COUNT];

  /** Those that serve, oldest first. */
  List<Shard> shards() {
    return shards;
  }

  static int rangeOf(long hash) {
    return (int) (hash >>> HASH_SHIFT);
  }

  /** Who serves a range, or null while nobody does or what went before is unanswered. */
  @Nullable Shard servingShard(int range) {
    return isHeld(range) ? null : owners[range];
  }

  /** Who a range belongs to, held or not. */
  @Nullable Shard ownerOf(int range) {
    return owners[range];
  }

  /** Whether no range is held. */
  boolean isSettled() {
    for (int range = 0; range < RANGE_COUNT; range++) {
      if (isHeld(range)) {
        return false;
      }
    }
    return true;
  }

  /** Takes in a shard and gives it its share. */
  void add(Shard shard) {
    shards.add(shard);
    for (int range = 0; range < RANGE_COUNT; range++) {
      if (owners[range] == null) {
        move(range, shard);
      }
    }
    int share = RANGE_COUNT / shards.size();
    while (shard.rangeCount() < share) {
      move(lastRangeOf(shards.stream().max(BY_RANGES).orElseThrow()), shard);
    }
  }

  /** Gives a shard's ranges to the others; while there are none they belong to nobody. */
  void remove(Shard shard) {
    shards.remove(shard);
    for (int range = 0; range < RANGE_COUNT; range++) {
      if (owners[range] == shard) {
        move(range, shards.stream().min(BY_RANGES).orElse(null));
      }
    }
  }

  private boolean isHeld(int range) {
    Shard former = formerOwners[range];
    if (former == null) {
      return false;
    }
    if (former.answeredCount() < barriers[range]) {
      return true;
    }
    formerOwners[range] = null;
    return false;
  }

  private void move(int range, @Nullable Shard to) {
    Shard from = owners[range];
    if (from != null) {
      from.countRanges(-1);
      hold(range, from);
    }
    if (to != null) {
      to.countRanges(1);
    }
    owners[range] = to;
  }

  /** While a range is held its owner is sent nothing of it, so that the older barrier stays. */
  private void hold(int range, Shard from) {
    if (!isHeld(range)) {
      formerOwners[range] = from;
      barriers[range] = from.sentCount();
    }
  }

  private int lastRangeOf(Shard owner) {
    int range = RANGE_COUNT - 1;
    while (owners[range] != owner) {
      range--;
    }
    return range;
  }
}
