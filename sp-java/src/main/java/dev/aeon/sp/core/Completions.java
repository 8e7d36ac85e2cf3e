package dev.aeon.sp.core;

import dev.aeon.sp.protocol.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Operations that were completed and whose waiters are still to be woken, chained through
 * themselves. Confined to its socket's strand.
 */
final class Completions {
  private @Nullable CoreOperation first;
  private @Nullable CoreOperation last;

  void add(CoreOperation operation, @Nullable Failure failure) {
    boolean own = operation.isOwn();
    operation.finish(failure, own);
    if (own) {
      return;
    }
    if (last == null) {
      first = operation;
    } else {
      last.nextDone = operation;
    }
    last = operation;
  }

  boolean isEmpty() {
    return first == null;
  }

  /** The first of those that there are, or null; none are left. */
  @Nullable CoreOperation takeAll() {
    CoreOperation taken = first;
    if (taken == null) {
      return null;
    }
    first = null;
    last = null;
    return taken;
  }

  /** Wakes the waiters of {@code chain}; with no strand held. */
  static void wakeAll(@Nullable CoreOperation chain) {
    CoreOperation next = chain;
    while (next != null) {
      CoreOperation operation = next;
      next = operation.nextDone;
      operation.wake();
    }
  }
}
