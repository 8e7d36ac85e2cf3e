package dev.aeon.slabs.broker;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** A subscriber that takes all it can get. */
final class Collector<T> implements Flow.Subscriber<T> {
  private final List<T> items;
  private final CompletableFuture<Void> end;
  private volatile Flow.Subscription subscription;

  Collector(List<T> items, CompletableFuture<Void> end) {
    this.items = items;
    this.end = end;
  }

  void cancel() {
    subscription.cancel();
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(T item) {
    items.add(item);
  }

  @Override
  public void onError(Throwable why) {
    end.completeExceptionally(why);
  }

  @Override
  public void onComplete() {
    end.complete(null);
  }
}
