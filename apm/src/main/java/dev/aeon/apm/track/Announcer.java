package dev.aeon.apm.track;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells others what changed, in the order in which it did, one after the other and outside the lock
 * under which it was noted. Where one thread is telling already, it tells for the others too.
 */
final class Announcer {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

  private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /** Notes something to do, under the lock. */
  void then(Runnable action) {
    news.add(action);
  }

  /** Does what was noted; not under the lock. */
  void announce() {
    if (waiting.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    do {
      for (Runnable next = news.poll(); next != null; next = news.poll()) {
        run(next);
      }
      seen = waiting.addAndGet(-seen);
    } while (seen > 0);
  }

  private static void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      LOG.error("listener failed", e);
    }
  }
}
