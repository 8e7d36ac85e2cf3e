package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.FrameKind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/** A call that many frames answer, as the subscriber asks for them. */
final class ItemStream<T> implements ReplyReceiver.Pending, Flow.Subscription {
  private final Flow.Subscriber<? super T> subscriber;
  private final PayloadReader<T> reader;
  private final AtomicLong demand = new AtomicLong();
  private volatile Runnable cancellation = () -> {};
  private volatile Runnable look = () -> {};
  private volatile boolean cancelled;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  ItemStream(Flow.Subscriber<? super T> subscriber, PayloadReader<T> reader) {
    this.subscriber = subscriber;
    this.reader = reader;
  }

  /** Has {@code tell} run when the subscriber cancels. */
  void onCancel(Runnable tell) {
    cancellation = tell;
  }

  void begin(Runnable send) {
    subscriber.onSubscribe(this);
    try {
      send.run();
    } catch (RuntimeException notSent) {
      fail(notSent);
    }
  }

  @Override
  public boolean onFrame(FrameKind kind, Payload payload) {
    if (cancelled) {
      return true;
    }
    return switch (kind) {
      case ITEM -> onItem(payload);
      case END -> {
        end.complete(null);
        subscriber.onComplete();
        yield true;
      }
      case FAILURE -> {
        fail(Failures.read(payload));
        yield true;
      }
      default -> {
        fail(new RemoteFailureException("a stream was not answered by items: kind=" + kind));
        yield true;
      }
    };
  }

  private boolean onItem(Payload payload) {
    if (demand.get() == 0) {
      return false;
    }
    if (demand.get() != Long.MAX_VALUE) {
      demand.decrementAndGet();
    }
    try {
      subscriber.onNext(reader.read(payload));
    } catch (RuntimeException refused) {
      fail(refused);
    }
    return true;
  }

  private void fail(RuntimeException why) {
    if (end.complete(null)) {
      subscriber.onError(why);
    }
  }

  @Override
  public boolean isDone() {
    return end.isDone();
  }

  @Override
  public void whenDone(Runnable forget) {
    var _ = end.whenComplete((nothing, failure) -> forget.run());
  }

  @Override
  public void whenWilling(Runnable next) {
    look = next;
  }

  @Override
  public void onLost(RpcException why) {
    if (!cancelled) {
      fail(why);
    }
  }

  @Override
  public void request(long count) {
    if (count <= 0) {
      fail(new IllegalArgumentException("demand is not positive: count=" + count));
      return;
    }
    demand.getAndUpdate(now -> now + count < 0 ? Long.MAX_VALUE : now + count);
    look.run();
  }

  @Override
  public void cancel() {
    cancelled = true;
    if (end.complete(null)) {
      cancellation.run();
    }
  }
}
