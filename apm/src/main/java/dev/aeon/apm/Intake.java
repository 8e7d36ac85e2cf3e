package dev.aeon.apm;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.SequenceGap;
import dev.aeon.apm.message.Ack;
import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Nack;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.Violation;
import dev.aeon.apm.track.Answer;
import dev.aeon.apm.track.Tracker;
import dev.aeon.apm.validate.Validator;
import dev.aeon.apm.validate.Verdict;
import dev.aeon.apm.validate.Verdict.Origin;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a line that arrives: an answer goes to the tracker, a valid message is
 * acknowledged and dispatched, a copy of one that was handled is acknowledged again, everything
 * else is refused or quarantined. Confined to the inbox's thread.
 */
final class Intake implements InboxListener {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final Gatekeeper gatekeeper;
  private final Registrar registrar;
  private final Tracker tracker;
  private final Answers answers;
  private final Rejections rejections;
  private final Dispatcher dispatcher;
  private final Handling handling;
  private final AckTime ackTime;
  private final QuarantineKeeper quarantine;
  private final Counters counters;

  Intake(
      Gatekeeper gatekeeper,
      Registrar registrar,
      Tracker tracker,
      Answers answers,
      Rejections rejections,
      QuarantineKeeper quarantine,
      Dispatcher dispatcher,
      Handling handling,
      BusOptions options,
      Counters counters) {
    this.gatekeeper = gatekeeper;
    this.registrar = registrar;
    this.tracker = tracker;
    this.answers = answers;
    this.rejections = rejections;
    this.dispatcher = dispatcher;
    this.handling = handling;
    this.ackTime = options.ackTime();
    this.quarantine = quarantine;
    this.counters = counters;
  }

  @Override
  public void onLine(Delivery delivery) {
    switch (Validator.validate(delivery.line())) {
      case Verdict.Invalid invalid -> onInvalid(delivery, invalid);
      case Verdict.Valid(var valid) -> onMessage(delivery, valid.message());
    }
  }

  @Override
  public void onMalformed(BadInput input) {
    quarantine.keep(input, () -> {});
  }

  @Override
  public void onGap(SequenceGap gap) {
    counters.missing.add(gap.missing());
    LOG.warn(
        "sequence gap: channel={} position={} expected={} found={} missing={}",
        gap.source().channel(),
        gap.source().position(),
        gap.expected(),
        gap.found(),
        gap.missing());
  }

  private void onInvalid(Delivery delivery, Verdict.Invalid invalid) {
    String reason =
        invalid.violations().stream().map(Violation::toString).collect(Collectors.joining("; "));
    keep(
        delivery,
        invalid.violations(),
        invalid.origin().filter(origin -> !origin.isAcknowledgement()),
        new Refusal(invalid.code(), reason));
  }

  /** Quarantines a line and refuses its message, and settles it once both are done. */
  private void keep(
      Delivery delivery, List<Violation> violations, Optional<Origin> origin, Refusal refusal) {
    if (origin.isEmpty()) {
      keep(delivery, violations);
      return;
    }
    AtomicInteger left = new AtomicInteger(2);
    Runnable settlement =
        () -> {
          if (left.decrementAndGet() == 0) {
            delivery.settle();
          }
        };
    quarantine.keep(badInput(delivery, violations), settlement);
    rejections.reject(
        origin.get(),
        refusal,
        new Delivery(delivery.source(), delivery.line(), settlement),
        () -> {});
  }

  /** Quarantines a line, and settles it once that is done. */
  private void keep(Delivery delivery, List<Violation> violations) {
    quarantine.keep(badInput(delivery, violations), delivery::settle);
  }

  private static BadInput badInput(Delivery delivery, List<Violation> violations) {
    return new BadInput(delivery.source(), delivery.line(), delivery.line().length, violations);
  }

  private void onMessage(Delivery delivery, Message message) {
    Optional<Violation> forgery = gatekeeper.forgery(message, delivery.certificateName());
    if (forgery.isPresent()) {
      onForgery(delivery, message, forgery.get());
      return;
    }
    switch (message.payload()) {
      case Ack ack -> onAck(delivery, tracker.acknowledged(message, ack));
      case Nack nack -> onNack(delivery, tracker.rejected(message, nack, delivery::settle));
      default -> onRequest(delivery, message);
    }
  }

  private void onForgery(Delivery delivery, Message message, Violation violation) {
    counters.refused.increment();
    keep(
        delivery,
        List.of(violation),
        message.type().isAcknowledged() ? Optional.of(Answers.originOf(message)) : Optional.empty(),
        new Refusal(violation.code(), violation.detail(), violation.isRecoverable()));
  }

  private void onAck(Delivery delivery, Answer answer) {
    switch (answer) {
      case EXPECTED -> {
        counters.received.increment();
        delivery.settle();
      }
      case LATE -> {
        counters.lateAnswers.increment();
        delivery.settle();
      }
      case UNEXPECTED -> onStray(delivery, "answers no message that we sent");
    }
  }

  /** One that is expected is settled once what follows from it is on record. */
  private void onNack(Delivery delivery, Answer answer) {
    switch (answer) {
      case EXPECTED -> counters.received.increment();
      case LATE -> {
        counters.lateAnswers.increment();
        onStray(delivery, "refuses a message that we do not remember");
      }
      case UNEXPECTED -> onStray(delivery, "answers no message that we sent");
    }
  }

  private void onStray(Delivery delivery, String detail) {
    Violation violation = new Violation("correlationId", ErrorCode.E_PROTOCOL_003, detail);
    keep(delivery, List.of(violation));
  }

  private void onRequest(Delivery delivery, Message message) {
    Origin origin = Answers.originOf(message);
    if (!handling.claim(message)) {
      counters.duplicates.increment();
      acknowledgeReceipt(origin);
      delivery.settle();
    } else if (handling.isProcessed(message)) {
      counters.duplicates.increment();
      acknowledge(origin, AckStatus.PROCESSED);
      letGo(delivery, message);
    } else {
      onNew(delivery, origin, message);
    }
  }

  private void onNew(Delivery delivery, Origin origin, Message message) {
    Optional<Refusal> refusal = refusal(message);
    if (refusal.isPresent()) {
      counters.refused.increment();
      refuse(origin, refusal.get(), delivery, message);
      return;
    }
    tracker.responded(message);
    if (gatekeeper.isUnhandled(message)) {
      counters.received.increment();
      acknowledged(origin, answers.acknowledgeUnhandled(origin));
      letGo(delivery, message);
    } else if (handling.awaitRoom(message, delivery.line().length)) {
      counters.received.increment();
      acknowledgeReceipt(origin);
      dispatcher.dispatch(message, delivery);
    }
  }

  /** A copy of what came too late may follow with a new time, and is judged by itself. */
  private void refuse(Origin origin, Refusal refusal, Delivery delivery, Message message) {
    LOG.info(
        "refused: messageId={} sender={} code={} reason={}",
        origin.messageId(),
        origin.sender(),
        refusal.code(),
        refusal.reason());
    if (gatekeeper.expiry(message).isPresent()) {
      handling.letGo(message);
      rejections.reject(origin, refusal, delivery, () -> {});
    } else {
      rejections.reject(origin, refusal, delivery, () -> handling.letGo(message));
    }
  }

  private void letGo(Delivery delivery, Message message) {
    handling.letGo(message);
    delivery.settle();
  }

  private void acknowledgeReceipt(Origin origin) {
    if (ackTime == AckTime.ON_RECEIPT) {
      acknowledge(origin, AckStatus.RECEIVED);
    }
  }

  private Optional<Refusal> refusal(Message message) {
    return gatekeeper.refusal(message).or(() -> registrar.apply(message));
  }

  /** Where it does not arrive the sender asks again, with a copy. */
  private void acknowledge(Origin origin, AckStatus status) {
    acknowledged(origin, answers.acknowledge(origin, status));
  }

  private void acknowledged(Origin origin, CompletableFuture<Void> acknowledgement) {
    CompletableFuture<Void> _ =
        acknowledgement.whenComplete((_, failure) -> {
          if (failure == null) {
            counters.sent.increment();
          } else {
            LOG.warn(
                "cannot acknowledge: receiver={} messageId={}",
                origin.sender(),
                origin.messageId(),
                failure);
          }
        });
  }
}
