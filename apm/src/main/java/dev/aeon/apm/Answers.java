package dev.aeon.apm;

import dev.aeon.apm.message.Ack;
import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Nack;
import dev.aeon.apm.message.Payload;
import dev.aeon.apm.message.Priority;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.route.Router;
import dev.aeon.apm.validate.Validator;
import dev.aeon.apm.validate.Verdict.Origin;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** Writes ACKs and NACKs, with the correlation of what they answer (resolution 45). */
final class Answers {
  private static final int MAX_REASON_LENGTH = 2000;

  private final AgentIdentity self;
  private final Router router;
  private final Outbox outbox;
  private final InstantSource clock;

  Answers(AgentIdentity self, Router router, Outbox outbox, InstantSource clock) {
    this.self = self;
    this.router = router;
    this.outbox = outbox;
    this.clock = clock;
  }

  static Origin originOf(Message message) {
    return new Origin(
        message.sender(),
        message.messageId(),
        message.correlation(),
        !message.type().isAcknowledged());
  }

  CompletableFuture<Void> acknowledge(Origin origin, AckStatus status) {
    return send(origin, ack(origin, status).build());
  }

  /** Says that a broadcast came, and that nobody here knows what to do with it (resolution 51). */
  CompletableFuture<Void> acknowledgeUnhandled(Origin origin) {
    return send(origin, ack(origin, AckStatus.RECEIVED).notes("unhandled").build());
  }

  private Ack.Builder ack(Origin origin, AckStatus status) {
    return Ack.builder()
        .acknowledgedMessageId(origin.messageId())
        .status(status)
        .timestamp(clock.instant());
  }

  CompletableFuture<Void> reject(Origin origin, Refusal refusal) {
    String reason = refusal.reason();
    return send(
        origin,
        Nack.builder()
            .rejectedMessageId(origin.messageId())
            .reason(reason.substring(0, Math.min(reason.length(), MAX_REASON_LENGTH)))
            .errorCode(refusal.code())
            .canRetry(refusal.canRetry())
            .timestamp(clock.instant())
            .build());
  }

  private CompletableFuture<Void> send(Origin origin, Payload payload) {
    Message answer =
        Message.builder(clock)
            .sender(self)
            .receiver(origin.sender())
            .correlationId(origin.correlation())
            .priority(Priority.HIGH)
            .payload(payload)
            .build();
    RoutedMessage routed = router.answer(Validator.validateOutgoing(self, answer), origin.sender());
    return outbox.append(routed);
  }
}
