package dev.aeon.sp.flow;

import dev.aeon.sp.Message;
import dev.aeon.sp.Receiver;
import dev.aeon.sp.SpClosedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One receive at a time while there is demand. All signals come from one thread after another, as
 * the specification of reactive streams wants it (§1.3).
 */
final class ReceivingSubscription implements Flow.Subscription {
  private final Receiver receiver;
  private final Flow.Subscriber<? super Message> subscriber;
  private long demand;
  private boolean active;
  private boolean ended;
  private @Nullable CompletableFuture<Message> pending;

  private ReceivingSubscription(Receiver receiver, Flow.Subscriber<? super Message> subscriber) {
    this.receiver = receiver;
    this.subscriber = subscriber;
  }

  static void start(Receiver receiver, Flow.Subscriber<? super Message> subscriber) {
    subscriber.onSubscribe(new ReceivingSubscription(receiver, subscriber));
  }

  @Override
  public void request(long count) {
    if (count <= 0) {
      fail(new IllegalArgumentException("demand is not positive: count=" + count));
      return;
    }
    synchronized (this) {
      demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
      if (active || ended) {
        return;
      }
      active = true;
    }
    receiveNext();
  }

  /** Called by whoever made the subscription active. */
  private void receiveNext() {
    CompletableFuture<Message> next = receiver.receiveAsync();
    synchronized (this) {
      pending = next;
    }
    if (isEnded()) {
      next.cancel(false);
    }
    var _ = next.whenCompleteAsync(this::received, Thread::startVirtualThread);
  }

  private void received(@Nullable Message message, @Nullable Throwable failure) {
    if (message == null) {
      end(failure);
    } else if (isEnded()) {
      message.close();
    } else {
      subscriber.onNext(message);
      goOn();
    }
  }

  private void goOn() {
    synchronized (this) {
      demand = demand == Long.MAX_VALUE ? demand : demand - 1;
      active = demand > 0 && !ended;
      if (!active) {
        return;
      }
    }
    receiveNext();
  }

  private void end(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    if (cause instanceof SpClosedException) {
      if (beginEnd()) {
        subscriber.onComplete();
      }
    } else if (cause != null) {
      fail(cause);
    }
  }

  private void fail(Throwable cause) {
    if (beginEnd()) {
      subscriber.onError(cause);
    }
  }

  private synchronized boolean beginEnd() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  private synchronized boolean isEnded() {
    return ended;
  }

  @Override
  public void cancel() {
    CompletableFuture<Message> under;
    synchronized (this) {
      ended = true;
      under = pending;
    }
    if (under != null) {
      under.cancel(false);
    }
  }
}
