package dev.aeon.sp.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Contexts that wait their turn, first come first served. A context is in one queue at most.
 *
 * @param <C> the machine's kind of context
 */
final class ContextQueue<C extends ContextNode> {
  private @Nullable ContextNode first;
  private @Nullable ContextNode last;

  boolean isEmpty() {
    return first == null;
  }

  /** Puts {@code context} last, unless it is queued already. */
  void add(C context) {
    if (context.queued) {
      return;
    }
    context.queued = true;
    context.before = last;
    if (last == null) {
      first = context;
    } else {
      last.after = context;
    }
    last = context;
  }

  /** Takes the first, or null. */
  @SuppressWarnings("unchecked") // add() takes nothing but C
  @Nullable C poll() {
    ContextNode taken = first;
    if (taken != null) {
      unlink(taken);
    }
    return (C) taken;
  }

  /** Takes {@code context} out, if it is in. */
  void remove(C context) {
    if (context.queued) {
      unlink(context);
    }
  }

  private void unlink(ContextNode node) {
    ContextNode before = node.before;
    ContextNode after = node.after;
    if (before == null) {
      first = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.before = before;
    }
    node.before = null;
    node.after = null;
    node.queued = false;
  }
}
