package dev.aeon.apm;

import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.store.AgentStore;
import dev.aeon.apm.store.DeduplicationKey;
import dev.aeon.apm.store.ProcessedMessages;
import dev.aeon.apm.store.StoreException;
import dev.aeon.apm.track.DeliveryException;
import dev.aeon.apm.track.Timers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives messages to the handler and remembers which it was given, so that a copy of one is never
 * handled beside it or after it. Thread-safe.
 */
final class Handling {
  private static final Logger LOG = LoggerFactory.getLogger(Handling.class);

  private final AgentBus bus;
  private final MessageHandler handler;
  private final Gatekeeper gatekeeper;
  private final ProcessedMessages processed;
  private final BusTelemetry telemetry;
  private final Rejections rejections;
  private final Completions completions;
  private final Room room = new Room(Dispatcher.CAPACITY);

  /**
   * The messages that wait, are being handled, or were and are not on record yet; with the bytes of
   * room that each takes, zero where it takes none.
   */
  private final Map<DeduplicationKey, Integer> inHand = new ConcurrentHashMap<>();

  Handling(
      AgentBus bus,
      MessageHandler handler,
      Gatekeeper gatekeeper,
      ProcessedMessages processed,
      Optional<AgentStore> store,
      Timers timers,
      Rejections rejections,
      BusTelemetry telemetry) {
    this.bus = bus;
    this.handler = handler;
    this.gatekeeper = gatekeeper;
    this.processed = processed;
    this.telemetry = telemetry;
    this.rejections = rejections;
    this.completions =
        new Completions(bus.self().agentId().value(), processed, store, timers, this::completed);
  }

  /** Takes a message to be handled; false where a copy of it is in hand. */
  boolean claim(Message message) {
    return inHand.putIfAbsent(DeduplicationKey.of(message), 0) == null;
  }

  /**
   * Whether a message that was claimed was handled before. Asked after the claim alone: a copy that
   * is in hand may come to its end in between.
   */
  boolean isProcessed(Message message) {
    return processed.contains(DeduplicationKey.of(message));
  }

  /** Waits until a message that was claimed may wait to be handled; false where we close. */
  boolean awaitRoom(Message message, int byteSize) {
    boolean entered = room.enter(byteSize);
    if (entered) {
      inHand.put(DeduplicationKey.of(message), byteSize);
    }
    return entered;
  }

  /** Lets go who waits for room. */
  void close() {
    room.close();
    rejections.close();
  }

  /** Begins to complete what is handled. */
  void start() {
    completions.start();
  }

  /** Completes what was handled; to be called once nothing is handled any more. */
  void finish() {
    completions.close();
  }

  /** Handles a message that was claimed, and settles its delivery, soon where that went well. */
  void handle(Message message, Delivery delivery) {
    Optional<Refusal> refusal = gatekeeper.expiry(message);
    if (refusal.isEmpty()) {
      refusal = handled(message);
    }
    if (refusal.isEmpty()) {
      completions.handled(message, delivery);
      return;
    }
    rejections.reject(Answers.originOf(message), refusal.get(), delivery, () -> letGo(message));
  }

  /** Gives back a message that was claimed. */
  void letGo(Message message) {
    Integer byteSize = inHand.remove(DeduplicationKey.of(message));
    if (byteSize != null && byteSize > 0) {
      room.leave(byteSize);
    }
  }

  /** A message was handled, and that is on record. */
  private void completed(Message message) {
    letGo(message);
    if (bus.ackTime() == AckTime.AFTER_HANDLING) {
      CompletableFuture<Void> _ = bus.acknowledge(message, AckStatus.PROCESSED);
    }
  }

  /** Why the message counts as refused; empty where it was handled. */
  private Optional<Refusal> handled(Message message) {
    try {
      telemetry.handling(message, () -> handler.handle(message, bus));
    } catch (RefusalException e) {
      return Optional.of(e.refusal());
    } catch (RuntimeException | Error e) {
      if (bus.isClosing()) {
        throw new IllegalStateException(
            "not handled, the bus is closing: messageId=" + message.messageId(), e);
      }
      LOG.error("handler failed: messageId={}", message.messageId(), e);
      return Optional.of(new Refusal(codeOf(e), "the receiver's handler failed: " + e));
    }
    return Optional.empty();
  }

  private static ErrorCode codeOf(Throwable failure) {
    return switch (failure) {
      case StoreException storage -> storage.code();
      case DeliveryException delivery -> delivery.code();
      default -> ErrorCode.E_TASK_003;
    };
  }
}
