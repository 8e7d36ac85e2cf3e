package dev.aeon.sp;

import dev.aeon.sp.core.CoreContext;
import dev.aeon.sp.core.CoreOperation;
import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Failure;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.wire.Packet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An operation that completes a future. Dependents run in a virtual thread of their own: never on
 * an I/O thread, and not behind whatever blocks a shared pool.
 *
 * @param <T> what the future gives
 */
abstract class FutureOperation<T> extends CoreOperation {
  private final SocketCore core;
  private final String call;
  private final Result result = new Result();
  private final Thread starter = Thread.currentThread();
  private boolean givenOut; // of the starter alone
  private volatile Reactor.@Nullable Alarm deadline;

  FutureOperation(
      SocketCore core, String call, @Nullable Packet packet, @Nullable CoreContext context) {
    super(packet, context);
    this.core = core;
    this.call = call;
  }

  /** What a success gives. */
  abstract @Nullable T value();

  /** Undoes what a failure leaves behind. */
  void onFailure() {}

  /** A value that nobody takes. */
  void discard(@Nullable T value) {}

  /** The future of an operation that was begun; it fails if not done by the time. */
  CompletableFuture<T> future(long timeoutNanos) {
    givenOut = true;
    if (timeoutNanos < Long.MAX_VALUE && !isDone()) {
      deadline = core.failAfter(this, timeoutNanos);
    }
    return result;
  }

  @Override
  protected void wake() {
    if (!givenOut && Thread.currentThread().equals(starter)) {
      publish();
    } else {
      Thread.startVirtualThread(this::publish);
    }
  }

  private void publish() {
    Reactor.Alarm limit = deadline;
    if (limit != null) {
      limit.cancel();
    }
    if (failure() == Failure.WITHDRAWN) {
      return;
    }
    SpException failure = Failures.of(this, call);
    if (failure == null) {
      publishValue();
    } else {
      onFailure();
      result.settleExceptionally(failure);
    }
  }

  private void publishValue() {
    @Nullable T value = value();
    if (!result.settle(value)) {
      discard(value);
    }
  }

  /**
   * The future given out. Whoever completes it from outside, by cancelling or a time-out of the
   * future's own, withdraws the operation; if that is done already, its result stands.
   */
  private final class Result extends CompletableFuture<T> {
    boolean settle(@Nullable T value) {
      return super.complete(value);
    }

    void settleExceptionally(SpException failure) {
      super.completeExceptionally(failure);
    }

    private boolean withdraw() {
      boolean withdrawn = core.withdraw(FutureOperation.this, Failure.WITHDRAWN);
      if (withdrawn) {
        onFailure();
      }
      return withdrawn;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = withdraw() && super.cancel(mayInterruptIfRunning);
      return cancelled || isCancelled();
    }

    @Override
    public boolean complete(T value) {
      return withdraw() && super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
      return withdraw() && super.completeExceptionally(failure);
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return new CompletableFuture<>();
    }
  }
}
