package dev.aeon.sp.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Contexts by deadline: a binary heap whose entries know their place, so that adding and removing
 * cost the logarithm of how many there are, and nothing is allocated once it has grown.
 *
 * @param <C> the machine's kind of context
 */
final class Schedule<C extends ContextNode> {
  private @Nullable ContextNode[] heap = new ContextNode[4];
  private int count;

  boolean isEmpty() {
    return count == 0;
  }

  /** The earliest deadline; not empty schedules only. */
  long earliestNanos() {
    return at(0).deadlineNanos;
  }

  /** Puts {@code context} in at {@code deadlineNanos}, from where it was before if it was in. */
  void put(C context, long deadlineNanos) {
    remove(context);
    if (count == heap.length) {
      heap = Arrays.copyOf(heap, count * 2);
    }
    context.deadlineNanos = deadlineNanos;
    place(context, count);
    count++;
    rise(context);
  }

  /** Takes {@code context} out, if it is in. */
  void remove(C context) {
    if (context.isScheduled()) {
      removeAt(context.scheduleIndex);
    }
  }

  /** Takes the earliest whose time has come, or null. */
  @SuppressWarnings("unchecked") // put() takes nothing but C
  @Nullable C pollDue(long nowNanos) {
    if (count == 0 || earliestNanos() - nowNanos > 0) {
      return null;
    }
    ContextNode due = at(0);
    removeAt(0);
    return (C) due;
  }

  private void removeAt(int index) {
    ContextNode removed = at(index);
    count--;
    ContextNode moved = at(count);
    heap[count] = null;
    removed.scheduleIndex = ContextNode.UNSCHEDULED;
    if (index < count) {
      place(moved, index);
      rise(moved);
      sink(moved);
    }
  }

  private void rise(ContextNode node) {
    while (node.scheduleIndex > 0) {
      ContextNode parent = at((node.scheduleIndex - 1) / 2);
      if (!isEarlier(node, parent)) {
        return;
      }
      swap(node, parent);
    }
  }

  private void sink(ContextNode node) {
    while (2 * node.scheduleIndex + 1 < count) {
      ContextNode child = earlierChild(node.scheduleIndex);
      if (!isEarlier(child, node)) {
        return;
      }
      swap(child, node);
    }
  }

  private ContextNode earlierChild(int index) {
    ContextNode left = at(2 * index + 1);
    if (2 * index + 2 >= count) {
      return left;
    }
    ContextNode right = at(2 * index + 2);
    return isEarlier(right, left) ? right : left;
  }

  private static boolean isEarlier(ContextNode one, ContextNode other) {
    return one.deadlineNanos - other.deadlineNanos < 0;
  }

  private void swap(ContextNode one, ContextNode other) {
    int index = one.scheduleIndex;
    place(one, other.scheduleIndex);
    place(other, index);
  }

  private void place(ContextNode node, int index) {
    heap[index] = node;
    node.scheduleIndex = index;
  }

  private ContextNode at(int index) {
    ContextNode node = heap[index];
    if (node == null) {
      throw new IllegalStateException("schedule has no entry: index=" + index);
    }
    return node;
  }
}
