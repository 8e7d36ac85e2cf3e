package dev.aeon.fleet.index;

import java.util.List;
import java.util.PriorityQueue;

/** Keeps the best of the passages it is given. Used by one thread. */
public final class TopPassages {
  private final int capacity;
  private final PriorityQueue<RankedPassage> worstFirst =
      new PriorityQueue<>(RankedPassage.BEST_FIRST.reversed());

  /** Keeps at most this many. */
  public TopPassages(int capacity) {
    this.capacity = capacity;
  }

  /** Takes one passage; one without a positive score is no answer. */
  public void offer(RankedPassage passage) {
    if (!(passage.score() > 0)) {
      return;
    }
    worstFirst.add(passage);
    if (worstFirst.size() > capacity) {
      worstFirst.poll();
    }
  }

  /** The best, best first. */
  public List<RankedPassage> bestFirst() {
    return worstFirst.stream().sorted(RankedPassage.BEST_FIRST).toList();
  }
}
