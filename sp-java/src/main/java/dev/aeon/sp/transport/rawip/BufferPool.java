package dev.aeon.sp.transport.rawip;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A few buffers that carriers lend each other, so that idle ones have none. What does not fit in is
 * left to the garbage collector, as is the native memory of it. Thread-safe.
 *
 * <p>One is at hand without a lock: each packet takes buffers and gives them back.
 */
final class BufferPool<T> {
  private static final int CAPACITY = 8;

  private final ArrayBlockingQueue<T> idle = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicReference<@Nullable T> atHand = new AtomicReference<>();
  private final Supplier<T> maker;

  BufferPool(Supplier<T> maker) {
    this.maker = maker;
  }

  T take() {
    T near = atHand.getAndSet(null);
    return near != null ? near : takeIdle();
  }

  private T takeIdle() {
    T pooled = idle.poll();
    return pooled != null ? pooled : maker.get();
  }

  /** Gives one back that nobody uses any more. */
  void give(T buffers) {
    if (!atHand.compareAndSet(null, buffers)) {
      boolean _ = idle.offer(buffers);
    }
  }
}
