package dev.aeon.apm;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.store.AgentStore;
import dev.aeon.apm.telemetry.Meters;
import dev.aeon.apm.telemetry.Tracing;
import dev.aeon.apm.track.Acknowledgement;
import dev.aeon.apm.track.Tracker;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What a bus shows of itself to those who operate it. Thread-safe. */
final class BusTelemetry implements AutoCloseable {
  private final Tracing tracing;
  private final Meters meters;

  BusTelemetry(AgentId self, BusOptions options) {
    this.tracing = new Tracing(options.openTelemetry());
    this.meters = new Meters(options.meters(), self);
  }

  /** Adds the meters that are read when somebody looks. */
  void observe(
      Counters counters,
      Tracker tracker,
      Rejections rejections,
      QuarantineKeeper quarantine,
      Optional<AgentStore> store) {
    meters.count("sent", counters.sent::sum);
    meters.count("received", counters.received::sum);
    meters.count("refused", counters.refused::sum);
    meters.count("quarantined", counters.quarantined::sum);
    meters.count("duplicate", counters.duplicates::sum);
    meters.count("retried", counters.retried::sum);
    meters.count("failed", counters.failed::sum);
    meters.count("unconfirmed", counters.unconfirmed::sum);
    meters.count("missing", counters.missing::sum);
    meters.count("late.answer", counters.lateAnswers::sum);
    meters.gauge("apm.messages.under.way", "Neither delivered nor given up", tracker::underWay);
    meters.gauge("apm.messages.parked", "For agents that are not registered yet", tracker::parked);
    meters.gauge("apm.failures.waiting", "Not kept as failed yet: no room", tracker::unkept);
    meters.gauge("apm.refusals.waiting", "Not told to their senders yet", rejections::waiting);
    meters.gauge("apm.quarantine.waiting", "Not quarantined yet: no room", quarantine::waiting);
    store.ifPresent(each ->
        meters.gauge(
            "apm.dead.letters", "What the dead-letter queue holds", each.deadLetters()::size));
  }

  /** Sends a message, given with its trace context to {@code send}. */
  CompletableFuture<Acknowledgement> sending(
      Message message, Function<Message, CompletableFuture<Acknowledgement>> send) {
    long startNanos = System.nanoTime();
    String typeName = message.payload().typeName();
    Tracing.Sending sending = tracing.sending(message);
    return sending
        .follow(send.apply(sending.message()))
        .whenComplete((_, failure) -> {
          if (failure == null) {
            meters.acknowledged(typeName, System.nanoTime() - startNanos);
          }
        });
  }

  /** Runs the handler of a message. */
  void handling(Message message, Runnable handler) {
    long startNanos = System.nanoTime();
    try {
      tracing.handling(message, handler);
    } finally {
      meters.handled(message.envelope().typeName(), System.nanoTime() - startNanos);
    }
  }

  @Override
  public void close() {
    meters.close();
  }
}
