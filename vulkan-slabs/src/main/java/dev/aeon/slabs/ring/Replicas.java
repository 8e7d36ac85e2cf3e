package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rings that one end of a {@link ReplicatedRing} still has. It does not come back to others.
 */
final class Replicas<E extends PaddedEndpoint> {
  private final List<E> rings;
  private final Consumer<E> abandon;
  private @Nullable RingCorruptedException lastCause;

  /**
   * @param abandon leaves the mark in a ring by which the other end sees that it was left
   */
  Replicas(List<E> rings, Consumer<E> abandon) {
    this.rings = new ArrayList<>(rings);
    this.abandon = abandon;
  }

  int count() {
    return rings.size();
  }

  E get(int index) {
    return rings.get(index);
  }

  E first() {
    return rings.getFirst();
  }

  E last() {
    return rings.getLast();
  }

  void forEach(Consumer<E> action) {
    rings.forEach(action);
  }

  /** Leaves the ring in {@code segment} behind; another's memory is left alone. */
  void drop(MemorySegment segment) {
    for (int index = rings.size() - 1; index >= 0; index--) {
      if (rings.get(index).segment().equals(segment)) {
        lose(index, null);
      }
    }
  }

  /**
   * Leaves a ring behind.
   *
   * @param cause what was found in it, or nothing where it is dropped
   * @throws RingCorruptedException the cause, where it is the last ring
   * @throws IllegalStateException where there is none, and it is the last ring
   */
  void lose(int index, @Nullable RingCorruptedException cause) {
    if (rings.size() == 1) {
      throw cause == null
          ? new IllegalStateException("the last ring is not dropped: ringCount=1")
          : cause;
    }
    lastCause = cause == null ? lastCause : cause;
    abandon.accept(rings.remove(index));
  }

  void requireUncorrupted() {
    if (lastCause != null) {
      throw lastCause;
    }
  }
}
