package dev.aeon.sp.protocol;

import java.util.ArrayDeque;

/**
 * Pipes of a pattern that drops what nobody receives in time, which are not read while a queue is
 * full and whoever receives may still come to what they hold. Patience ends a while after the first
 * of them was paused, unless all were read on before; then they are read whatever is lost, until
 * patience is restored.
 */
final class PausedPipes {
  /** How old, at the most, what was read first becomes by it. */
  static final long PATIENCE_NANOS = 20_000_000;

  private final Effects effects;
  private final ArrayDeque<PipeHandle> pipes = new ArrayDeque<>(1);
  private long sinceNanos;
  private boolean outOfPatience;

  PausedPipes(Effects effects) {
    this.effects = effects;
  }

  boolean isOutOfPatience() {
    return outOfPatience;
  }

  void restorePatience() {
    outOfPatience = false;
  }

  boolean isEmpty() {
    return pipes.isEmpty();
  }

  void add(PipeHandle pipe, long nowNanos) {
    if (pipes.isEmpty()) {
      sinceNanos = nowNanos;
      effects.wakeAt(nowNanos + PATIENCE_NANOS);
    }
    pipes.add(pipe);
  }

  /** The one that was paused first. */
  PipeHandle first() {
    return pipes.getFirst();
  }

  /** Has the first one read on. */
  void resumeFirst() {
    effects.receiveNext(pipes.remove());
  }

  void resumeAll() {
    while (!isEmpty()) {
      resumeFirst();
    }
  }

  /** The time asked for has come, or one that was asked for before. */
  void expire(long nowNanos) {
    if (isEmpty()) {
      return;
    }
    if (nowNanos - sinceNanos < PATIENCE_NANOS) {
      effects.wakeAt(sinceNanos + PATIENCE_NANOS);
    } else {
      outOfPatience = true;
      resumeAll();
    }
  }

  /** The pipe has gone. */
  void forget(PipeHandle pipe) {
    pipes.removeIf(each -> each.id() == pipe.id());
  }

  void clear() {
    pipes.clear();
  }
}
