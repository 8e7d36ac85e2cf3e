package dev.aeon.apm;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.ErrorReport;
import dev.aeon.apm.message.ErrorSeverity;
import dev.aeon.apm.message.ErrorType;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageType;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Severity;
import dev.aeon.apm.store.DeadLetterQueue;
import dev.aeon.apm.track.DeliveryKey;
import dev.aeon.apm.track.Failure;
import dev.aeon.apm.track.MessageState;
import dev.aeon.apm.track.TrackerListener;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done about messages that fail: each goes to the dead-letter queue, and the managers are
 * told, but never about the telling itself (resolutions 18 and 19). Passes everything on to the
 * user's listener.
 */
final class FailureDesk implements TrackerListener {
  private static final Logger LOG = LoggerFactory.getLogger(FailureDesk.class);

  private final AgentBus bus;
  private final Optional<DeadLetterQueue> deadLetters;
  private final boolean reportsFailures;
  private final TrackerListener listener;
  private final Counters counters;

  FailureDesk(
      AgentBus bus, Optional<DeadLetterQueue> deadLetters, BusOptions options, Counters counters) {
    this.bus = bus;
    this.deadLetters = deadLetters;
    this.reportsFailures = options.reportsFailures();
    this.listener = options.listener();
    this.counters = counters;
  }

  @Override
  public void onState(DeliveryKey key, MessageState from, MessageState to) {
    listener.onState(key, from, to);
  }

  @Override
  public void onParked(DeliveryKey key) {
    listener.onParked(key);
  }

  @Override
  public void onRetry(DeliveryKey key, int retry) {
    counters.retried.increment();
    listener.onRetry(key, retry);
  }

  @Override
  public void onUnconfirmed(DeliveryKey key) {
    counters.unconfirmed.increment();
    listener.onUnconfirmed(key);
  }

  @Override
  public void onCorrelationExpired(Message message, AgentIdentity receiver) {
    listener.onCorrelationExpired(message, receiver);
  }

  @Override
  public void onFailure(Failure failure) {
    counters.failed.increment();
    LOG.warn(
        "message failed: messageId={} receiver={} reason={} code={} detail={}",
        failure.message().messageId(),
        failure.receiver(),
        failure.reason(),
        failure.code(),
        failure.detail());
    keep(failure);
    if (reportsFailures && failure.message().type() != MessageType.ERROR_REPORT) {
      report(failure);
    }
    listener.onFailure(failure);
  }

  private void keep(Failure failure) {
    try {
      deadLetters.ifPresent(queue -> queue.add(failure));
    } catch (RuntimeException e) {
      LOG.error("cannot keep a dead letter: message={}", failure.message(), e);
    }
  }

  private void report(Failure failure) {
    Message message =
        bus.compose(Receiver.ofType(AgentType.MANAGER), reportOf(failure))
            .correlationId(failure.message().correlation())
            .build();
    bus.sendToManagers(message);
  }

  private static ErrorReport reportOf(Failure failure) {
    Message message = failure.message();
    return ErrorReport.builder()
        .errorType(ErrorType.SYSTEM_ERROR)
        .errorCode(failure.code().name())
        .errorMessage(failure.detail())
        .severity(severityOf(failure.code().severity()))
        .recoverable(failure.code().isRecoverable())
        .context(
            JsonObject.builder()
                .put("messageId", message.messageId().value())
                .put("messageType", message.envelope().typeName())
                .put("receiver", failure.receiver().agentId().value())
                .put("reason", failure.reason())
                .build())
        .build();
  }

  private static ErrorSeverity severityOf(Severity severity) {
    return switch (severity) {
      case LOW -> ErrorSeverity.LOW;
      case MEDIUM -> ErrorSeverity.MEDIUM;
      case HIGH -> ErrorSeverity.HIGH;
      case CRITICAL -> ErrorSeverity.CRITICAL;
    };
  }
}
