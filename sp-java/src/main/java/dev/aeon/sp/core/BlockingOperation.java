package dev.aeon.sp.core;

import dev.aeon.sp.protocol.Failure;
import dev.aeon.sp.wire.Packet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An operation that the thread which made it waits for: first by spinning for as long as that has
 * lately paid, then by polling the socket's descriptors itself, then parked. A virtual thread lets
 * others run between two looks, and parks where a platform thread would sleep in the poller.
 */
public final class BlockingOperation extends CoreOperation {
  private final Thread waiter = Thread.currentThread();
  private final Trampoline trampoline;
  private SocketCore core;
  private SpinBudget spin;
  private long spinNanos;
  private boolean known;
  private volatile boolean parking;

  private BlockingOperation(
      Trampoline trampoline,
      SocketCore core,
      @Nullable Packet packet,
      @Nullable CoreContext context,
      SpinBudget spin) {
    super(packet, context);
    this.trampoline = trampoline;
    this.core = core;
    this.spin = spin;
    this.spinNanos = spin.nanos();
  }

  /** An operation of the calling thread, which gives it back by {@link #recycle}. */
  public static BlockingOperation begin(
      SocketCore core, @Nullable Packet packet, @Nullable CoreContext context, SpinBudget spin) {
    Trampoline trampoline = Trampoline.current();
    BlockingOperation idle = trampoline.takeIdleOperation();
    if (idle == null) {
      return new BlockingOperation(trampoline, core, packet, context, spin);
    }
    idle.core = core;
    idle.spin = spin;
    idle.spinNanos = spin.nanos();
    idle.reset(packet, context);
    return idle;
  }

  /**
   * Lets the thread's next call have this one, unless another thread may still tell it something.
   */
  public void recycle() {
    if (!known) {
      trampoline.keepIdle(this);
    }
  }

  @Override
  boolean isOwn() {
    boolean own = waiter.equals(Thread.currentThread());
    known |= !own;
    return own;
  }

  @Override
  boolean pollsItself() {
    return !waiter.isVirtual() || spinNanos > 0;
  }

  @Override
  protected void wake() {
    if (pollsItself()) {
      core.socketReactor().wakeIfLeading(waiter);
    }
    if (parking) {
      LockSupport.unpark(waiter);
    }
  }

  /** Waits for completion; past the time or on an interrupt, withdraws. */
  void await(long timeoutNanos) {
    if (isDone()) {
      spin.noteReady();
      return;
    }
    long begin = System.nanoTime();
    pause(begin);
    long seenNanos = begin;
    if (pollsItself()) {
      seenNanos = pollOrSpin(begin, timeoutNanos);
      core.nowDepends(this);
    }
    if (!isDone()) {
      park(begin, timeoutNanos);
      seenNanos = System.nanoTime();
    }
    spin.note(seenNanos - begin);
  }

  private void pause(long begin) {
    long nanos = spinNanos > 0 ? spin.pauseNanos() : 0;
    while (nanos > 0 && !isDone() && System.nanoTime() - begin < nanos) {
      Thread.onSpinWait();
    }
  }

  /** Returns the time as it was last read: reading it costs as much as some looks. */
  private long pollOrSpin(long begin, long timeoutNanos) {
    long limit = Math.min(spinNanos, timeoutNanos);
    if (waiter.isVirtual()) {
      core.socketReactor().lookAndYield(this, limit);
      return System.nanoTime();
    }
    long seenNanos = core.socketReactor().lead(this, begin, timeoutNanos, limit);
    for (int looks = 1; goesOn() && seenNanos - begin < limit; looks++) {
      SpinPause.afterLook(looks);
      seenNanos = System.nanoTime();
    }
    return seenNanos;
  }

  private boolean goesOn() {
    return !isDone() && !waiter.isInterrupted();
  }

  private void park(long begin, long timeoutNanos) {
    parking = true;
    while (!isDone()) {
      long leftNanos = timeoutNanos - (System.nanoTime() - begin);
      if (leftNanos <= 0) {
        giveUp(Failure.TIMED_OUT);
      } else if (waiter.isInterrupted()) {
        giveUp(Failure.INTERRUPTED);
      } else {
        LockSupport.parkNanos(this, leftNanos);
      }
    }
    parking = false;
  }

  private void giveUp(Failure cause) {
    if (!core.withdraw(this, cause) && !isDone()) {
      throw new IllegalStateException("operation is neither waiting nor done");
    }
  }
}
