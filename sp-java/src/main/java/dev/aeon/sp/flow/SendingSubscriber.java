package dev.aeon.sp.flow;

import dev.aeon.sp.Message;
import dev.aeon.sp.Sender;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Sends what a stream brings. Thread-safe; for one stream. */
public final class SendingSubscriber implements Flow.Subscriber<Message> {
  private final Sender sender;
  private final int inFlight;
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private int underWay;
  private boolean streamEnded;

  SendingSubscriber(Sender sender, int inFlight) {
    this.sender = sender;
    this.inFlight = inFlight;
  }

  /** Done when the stream has completed and all its messages were sent; fails as either does. */
  public CompletableFuture<Void> completion() {
    return completion;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    synchronized (this) {
      if (subscription != null) {
        given.cancel();
        return;
      }
      subscription = given;
    }
    given.request(inFlight);
  }

  @Override
  public void onNext(Message message) {
    synchronized (this) {
      underWay++;
    }
    var _ = sender.sendAsync(message).whenComplete((sent, failure) -> sent(message, failure));
  }

  private void sent(Message message, @Nullable Throwable failure) {
    synchronized (this) {
      underWay--;
    }
    if (failure != null) {
      message.close();
      stop(failure);
    } else {
      askForMore();
    }
  }

  private void stop(Throwable cause) {
    if (completion.completeExceptionally(cause)) {
      subscription().cancel();
    }
  }

  private void askForMore() {
    if (!completeIfDone() && !completion.isDone()) {
      subscription().request(1);
    }
  }

  private boolean completeIfDone() {
    synchronized (this) {
      if (!streamEnded || underWay > 0) {
        return false;
      }
    }
    return completion.complete(null);
  }

  private synchronized Flow.Subscription subscription() {
    if (subscription == null) {
      throw new IllegalStateException("a message came before the subscription");
    }
    return subscription;
  }

  @Override
  public void onError(Throwable failure) {
    completion.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    synchronized (this) {
      streamEnded = true;
    }
    completeIfDone();
  }
}
