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
import dev.aeon.apm.schema.Violation;
import dev.aeon.apm.store.DeadLetter;
import dev.aeon.apm.store.DeadLetterQueue;
import dev.aeon.apm.store.StoreException;
import dev.aeon.apm.track.DeliveryKey;
import dev.aeon.apm.track.Failure;
import dev.aeon.apm.track.ForwardingListener;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done about messages that fail: each goes to the dead-letter queue, and the managers are
 * told, but never about the telling itself (resolutions 18 and 19). Passes everything on to the
 * user's listener.
 */
final class FailureDesk extends ForwardingListener {
  private static final Logger LOG = LoggerFactory.getLogger(FailureDesk.class);

  private final AgentBus bus;
  private final Optional<DeadLetterQueue> deadLetters;
  private final boolean reportsFailures;
  private final Counters counters;

  FailureDesk(
      AgentBus bus, Optional<DeadLetterQueue> deadLetters, BusOptions options, Counters counters) {
    super(options.listener());
    this.bus = bus;
    this.deadLetters = deadLetters;
    this.reportsFailures = options.reportsFailures();
    this.counters = counters;
  }

  @Override
  public void onRetry(DeliveryKey key, int retry) {
    counters.retried.increment();
    super.onRetry(key, retry);
  }

  @Override
  public void onUnconfirmed(DeliveryKey key) {
    counters.unconfirmed.increment();
    super.onUnconfirmed(key);
  }

  /**
   * Keeps the message and tells of it: as often as it takes until storage has room for that, then
   * once.
   */
  @Override
  public void onFailure(Failure failure) {
    Optional<DeadLetter> letter = deadLetters.map(queue -> queue.add(failure));
    tellListener(failure);
    counters.failed.increment();
    LOG.warn(
        "message failed: messageId={} receiver={} reason={} code={} detail={}",
        failure.message().messageId(),
        failure.receiver(),
        failure.reason(),
        failure.code(),
        failure.detail());
    // What is sent once more has not failed for good, which is what managers are told of.
    if (letter.filter(bus::redriveLater).isEmpty()) {
      report(failure);
    }
  }

  private void tellListener(Failure failure) {
    try {
      super.onFailure(failure);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("listener failed: messageId={}", failure.message().messageId(), e);
    }
  }

  /** A message went nowhere: its receiver is not known, or another (section 3.5). */
  void notRouted(Message message, AgentIdentity receiver, Violation why) {
    LOG.warn("not routed: messageId={} receiver={} why={}", message.messageId(), receiver, why);
    report(
        new Failure(
            message, receiver, "not_routed", why.code(), why.detail(), List.of(), List.of()));
  }

  private void report(Failure failure) {
    if (!reportsFailures || failure.message().type() == MessageType.ERROR_REPORT) {
      return;
    }
    try {
      Message message =
          bus.compose(Receiver.ofType(AgentType.MANAGER), reportOf(failure))
              .correlationId(failure.message().correlation())
              .build();
      bus.sendToManagers(message);
    } catch (RuntimeException e) {
      LOG.error("cannot report: messageId={}", failure.message().messageId(), e);
    }
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
