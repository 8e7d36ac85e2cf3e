package dev.aeon.sp.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A context's place in its machine's queue and schedule, kept in the context itself: waiting for a
 * pipe and for a time costs no allocation, and leaving either no search.
 */
abstract class ContextNode {
  static final int UNSCHEDULED = -1;

  @Nullable ContextNode before;
  @Nullable ContextNode after;
  boolean queued;

  long deadlineNanos;
  int scheduleIndex = UNSCHEDULED;

  final boolean isScheduled() {
    return scheduleIndex != UNSCHEDULED;
  }
}
