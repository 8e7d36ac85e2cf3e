package dev.aeon.sp.core;

import dev.aeon.sp.protocol.Failure;
import dev.aeon.sp.wire.Packet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** An operation that the thread which made it waits for. */
public final class BlockingOperation extends CoreOperation {
  private final Thread waiter = Thread.currentThread();

  public BlockingOperation(@Nullable Packet packet, @Nullable CoreContext context) {
    super(packet, context);
  }

  @Override
  protected void wake() {
    LockSupport.unpark(waiter);
  }

  /** Waits for completion; past the time or on an interrupt, withdraws from {@code core}. */
  void await(SocketCore core, long timeoutNanos) {
    long begin = System.nanoTime();
    while (!isDone()) {
      long leftNanos = timeoutNanos - (System.nanoTime() - begin);
      if (leftNanos <= 0) {
        giveUp(core, Failure.TIMED_OUT);
      } else if (waiter.isInterrupted()) {
        giveUp(core, Failure.INTERRUPTED);
      } else {
        LockSupport.parkNanos(this, leftNanos);
      }
    }
  }

  private void giveUp(SocketCore core, Failure cause) {
    if (!core.withdraw(this, cause) && !isDone()) {
      throw new IllegalStateException("operation is neither waiting nor done");
    }
  }
}
