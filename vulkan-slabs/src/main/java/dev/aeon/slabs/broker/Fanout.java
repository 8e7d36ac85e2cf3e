package dev.aeon.slabs.broker;

import java.util.List;

/** How far the publication at the head of a client's ring has come. */
final class Fanout {
  /** What a client has that is publishing nothing. */
  static final Fanout NONE = new Fanout(List.of());

  private final List<Subscription> targets;
  private int doneCount;
  private int servedCount;

  Fanout(List<Subscription> targets) {
    this.targets = targets;
  }

  boolean isDone() {
    return doneCount == targets.size();
  }

  Subscription next() {
    return targets.get(doneCount);
  }

  void nextDone(boolean served) {
    doneCount++;
    servedCount += served ? 1 : 0;
  }

  int servedCount() {
    return servedCount;
  }
}
