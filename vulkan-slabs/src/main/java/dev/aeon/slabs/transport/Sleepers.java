package dev.aeon.slabs.transport;

import dev.aeon.slabs.ring.RingSignal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The threads that wait for one end of a connection, or for an acceptor: its reader, its writer, or
 * both in one. Thread-safe.
 */
public final class Sleepers implements RingSignal {
  private final List<WaitSet> sets = new CopyOnWriteArrayList<>();

  public Sleepers() {}

  /** A thread that need not say that it sleeps. */
  public void add(WaitSet waits) {
    sets.add(waits);
    waits.signal();
  }

  void add(WaitSet waits, WaitSet.Member member) {
    sets.add(waits);
    waits.add(member);
  }

  /** Has all of them look again. */
  @Override
  public void signal() {
    sets.forEach(WaitSet::signal);
  }

  /** None of them waits for {@code member} any more. */
  void removeAll(WaitSet.Member member) {
    sets.forEach(each -> each.remove(member));
    sets.clear();
  }
}
