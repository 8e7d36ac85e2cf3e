package dev.aeon.apm;

import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.schema.JsonObject;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.Predicate;

/** Notes what it is given, for a test to wait for. */
final class RecordingHandler implements MessageHandler {
  private final BlockingQueue<Message> handled = new LinkedBlockingQueue<>();
  volatile Function<Message, Optional<Refusal>> refusing = _ -> Optional.empty();
  volatile Predicate<Message> failing = _ -> false;

  @Override
  public void handle(Message message, AgentBus bus) {
    handled.add(message);
    if (failing.test(message)) {
      throw new IllegalStateException("no such folder");
    }
  }

  @Override
  public Optional<Refusal> refuse(Message message) {
    return refusing.apply(message);
  }

  Message next() throws InterruptedException {
    return withoutNumber(Eventually.next(handled));
  }

  /** As it was sent: a channel may have numbered it. */
  private static Message withoutNumber(Message message) {
    if (message.envelope().metadata().sequence() == 0) {
      return message;
    }
    JsonObject metadata = message.envelope().metadata().fields().without("seq");
    return metadata.names().isEmpty()
        ? Message.of(message.toJson().without("metadata"))
        : message.toBuilder().metadata(new Metadata(metadata)).build();
  }

  boolean isIdle() {
    return handled.isEmpty();
  }
}
