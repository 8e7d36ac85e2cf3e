package dev.aeon.sp.protocol;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Pipes that take a message now: those of the best priority first, among equals in turn. */
final class ReadyPipes {
  private final @Nullable ArrayDeque<PipeHandle>[] levels = newLevels();

  /** The only one there is, which then is in no level. */
  private @Nullable PipeHandle only;

  private int count;

  @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic types
  private static @Nullable ArrayDeque<PipeHandle>[] newLevels() {
    return new ArrayDeque[PipeHandle.LAST_PRIORITY + 1];
  }

  boolean isEmpty() {
    return count == 0;
  }

  void add(PipeHandle pipe) {
    if (count == 0) {
      only = pipe;
    } else {
      addToLevel(pipe);
    }
    count++;
  }

  private void addToLevel(PipeHandle pipe) {
    PipeHandle earlier = only;
    if (earlier != null) {
      only = null;
      addToLevel(earlier);
    }
    ArrayDeque<PipeHandle> level = levels[pipe.priority()];
    if (level == null) {
      level = new ArrayDeque<>();
      levels[pipe.priority()] = level;
    }
    level.add(pipe);
  }

  /** The pipe whose turn it is, or null. */
  @Nullable PipeHandle peek() {
    if (only != null) {
      return only;
    }
    for (ArrayDeque<PipeHandle> level : levels) {
      PipeHandle pipe = level == null ? null : level.peek();
      if (pipe != null) {
        return pipe;
      }
    }
    return null;
  }

  /** {@code pipe}, whose turn it is, has taken a message and takes another: after its equals. */
  void nextTurn(PipeHandle pipe) {
    if (!pipe.equals(only)) {
      remove(pipe);
      add(pipe);
    }
  }

  /** Takes the pipe whose turn it is, or null. */
  @Nullable PipeHandle poll() {
    PipeHandle pipe = peek();
    if (pipe != null) {
      remove(pipe);
    }
    return pipe;
  }

  void remove(PipeHandle pipe) {
    if (pipe.equals(only)) {
      only = null;
      count = 0;
      return;
    }
    ArrayDeque<PipeHandle> level = levels[pipe.priority()];
    if (level != null && level.remove(pipe)) {
      count--;
    }
  }

  void clear() {
    for (ArrayDeque<PipeHandle> level : levels) {
      if (level != null) {
        level.clear();
      }
    }
    only = null;
    count = 0;
  }
}
