package dev.aeon.sp.transport.rawip;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;

/**
 * A few buffers that carriers lend each other, so that idle ones have none. What does not fit in is
 * left to the garbage collector, as is the native memory of it. Thread-safe.
 */
final class BufferPool<T> {
  private static final int CAPACITY = 8;

  private final ArrayBlockingQueue<T> idle = new ArrayBlockingQueue<>(CAPACITY);
  private final Supplier<T> maker;

  BufferPool(Supplier<T> maker) {
    this.maker = maker;
  }

  T take() {
    T pooled = idle.poll();
    return pooled != null ? pooled : maker.get();
  }

  /** Gives one back that nobody uses any more. */
  void give(T buffers) {
    boolean _ = idle.offer(buffers);
  }
}
