package dev.aeon.slabs.standby;

import dev.aeon.slabs.rpc.Call;
import dev.aeon.slabs.rpc.ClientSocket;
import dev.aeon.slabs.rpc.PayloadReader;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** What was asked and not answered: how to ask it again, and who waits. */
record Question<T>(
    UnaryOperator<Call> filling, PayloadReader<T> reader, CompletableFuture<T> answer) {
  Question(UnaryOperator<Call> filling, PayloadReader<T> reader) {
    this(filling, reader, new CompletableFuture<>());
  }

  /** Asks; the future is of this attempt alone. */
  CompletableFuture<T> ask(ClientSocket socket) {
    return filling.apply(socket.call()).send(reader);
  }

  void fail(Throwable why) {
    answer.completeExceptionally(why);
  }
}
