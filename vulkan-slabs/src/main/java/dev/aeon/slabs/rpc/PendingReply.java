package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.FrameKind;
import java.util.concurrent.CompletableFuture;

/** A call that one frame answers. */
final class PendingReply<T> implements ReplyReceiver.Pending {
  private final CompletableFuture<T> future = new CompletableFuture<>();
  private final PayloadReader<T> reader;

  PendingReply(PayloadReader<T> reader) {
    this.reader = reader;
  }

  CompletableFuture<T> future() {
    return future;
  }

  @Override
  public boolean onFrame(FrameKind kind, Payload payload) {
    if (kind == FrameKind.REPLY) {
      read(payload);
    } else if (kind == FrameKind.FAILURE) {
      future.completeExceptionally(Failures.read(payload));
    } else {
      future.completeExceptionally(
          new RemoteFailureException("a call was not answered by a reply: kind=" + kind));
    }
    return true;
  }

  private void read(Payload payload) {
    try {
      future.complete(reader.read(payload));
    } catch (RuntimeException unreadable) {
      future.completeExceptionally(unreadable);
    }
  }

  @Override
  public boolean isDone() {
    return future.isDone();
  }

  @Override
  public void whenDone(Runnable forget) {
    var _ = future.whenComplete((reply, failure) -> forget.run());
  }

  @Override
  public void onLost(RpcException why) {
    future.completeExceptionally(why);
  }
}
