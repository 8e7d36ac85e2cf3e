package dev.aeon.apm.track;

import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.track.Acknowledgement.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is under way and what came to its end, and the changes between. Guarded by its own monitor:
 * every method is called with it held, and notes what others are to be told in the announcer.
 */
final class Ledger {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  final TrackerOptions options;
  final Announcer announcer = new Announcer();
  final Delivered delivered = new Delivered();
  private final TrackerListener listener;
  private final FailureKeeper failures;
  final LateResponses lateResponses;
  private final Map<DeliveryKey, TrackedMessage> underWay = new LinkedHashMap<>();
  private long byteSize;

  Ledger(TrackerOptions options, TrackerListener listener) {
    this.options = options;
    this.listener = listener;
    this.failures = new FailureKeeper(options.timers(), listener);
    this.lateResponses = new LateResponses(this, listener);
  }

  /** Adds a message; the one that is there already where there is one. */
  TrackedMessage add(TrackedMessage entry) {
    TrackedMessage present = underWay.putIfAbsent(entry.key, entry);
    if (present != null) {
      return present;
    }
    byteSize += entry.byteSize;
    return entry;
  }

  /** Whether a message may be added beside those under way; one that is there already may. */
  boolean hasRoomFor(TrackedMessage entry) {
    return underWay.isEmpty()
        || byteSize + entry.byteSize <= options.maxByteSize()
        || underWay.containsKey(entry.key);
  }

  @Nullable TrackedMessage find(DeliveryKey key) {
    return underWay.get(key);
  }

  /** What its receiver has said of a message since it was recalled; empty of one that was not. */
  Optional<Receipt> answered(TrackedMessage entry) {
    Delivered.Entry known = entry.wasUnderWay ? delivered.find(entry.key) : null;
    MessageState state = known == null ? MessageState.PENDING : known.state();
    return switch (state) {
      case DELIVERED -> Optional.of(new Receipt(entry.receiver, AckStatus.RECEIVED, now()));
      case PROCESSED -> Optional.of(new Receipt(entry.receiver, AckStatus.PROCESSED, now()));
      case PENDING, IN_TRANSIT, FAILED -> Optional.empty();
    };
  }

  List<TrackedMessage> underWay() {
    return new ArrayList<>(underWay.values());
  }

  int size() {
    return underWay.size();
  }

  boolean isStill(TrackedMessage entry, MessageState state) {
    return underWay.get(entry.key) == entry && entry.state == state;
  }

  List<DeliveryKey> requests(String correlation, AgentId receiver) {
    List<DeliveryKey> keys = new ArrayList<>(delivered.openRequests(correlation, receiver));
    for (TrackedMessage entry : underWay.values()) {
      if (entry.correlation.equals(correlation)
          && entry.key.receiver().equals(receiver)
          && entry.isRequest) {
        keys.add(entry.key);
      }
    }
    return keys;
  }

  Instant now() {
    return options.clock().instant();
  }

  Duration left(TrackedMessage entry) {
    return Duration.between(now(), entry.deadline);
  }

  void move(TrackedMessage entry, LifecycleEvent event) {
    MessageState before = entry.state;
    MessageState after = Lifecycle.after(before, event);
    if (before != after) {
      entry.enter(after, now());
      announcer.then(() -> tellState(entry.key, before, after));
    }
  }

  private void tellState(DeliveryKey key, MessageState before, MessageState after) {
    LOG.debug("state: key={} before={} after={}", key, before, after);
    listener.onState(key, before, after);
  }

  /** No channel keeps it, so that it must not be lost here. */
  void parked(TrackedMessage entry) {
    announcer.then(() -> {
      options.pending().force();
      listener.onParked(entry.key);
    });
  }

  void retried(TrackedMessage entry, LifecycleEvent event) {
    entry.retries++;
    entry.turn++;
    entry.message = entry.message.retried(entry.retries);
    move(entry, event);
    int retry = entry.retries;
    announcer.then(() -> {
      LOG.debug("retry: key={} retry={}", entry.key, retry);
      listener.onRetry(entry.key, retry);
    });
  }

  /** A message failed for good. */
  void fail(TrackedMessage entry, LifecycleEvent event, String reason, DeliveryException cause) {
    fail(entry, event, reason, cause, () -> {});
  }

  /**
   * A message failed for good.
   *
   * @param recorded what follows once that is kept
   */
  void fail(
      TrackedMessage entry,
      LifecycleEvent event,
      String reason,
      DeliveryException cause,
      Runnable recorded) {
    end(entry, event);
    Failure failure = failure(entry, reason, cause);
    announcer.then(() ->
        keep(entry.key, entry.correlation, failure, recorded).ifPresent(cause::addSuppressed));
    announcer.then(() -> entry.receipt.completeExceptionally(cause));
  }

  private Optional<RuntimeException> keep(
      DeliveryKey key, String correlation, Failure failure, Runnable recorded) {
    return failures.keep(
        failure,
        () -> {
          options.pending().end(key, correlation, MessageState.FAILED);
          recorded.run();
        });
  }

  /** How many messages failed and are not kept as failed yet. */
  int unkept() {
    return failures.waiting();
  }

  /** A message is not followed any more, without a failure. */
  void drop(TrackedMessage entry, LifecycleEvent event, DeliveryException cause) {
    end(entry, event);
    announcer.then(() -> entry.receipt.completeExceptionally(cause));
  }

  void unconfirmed(TrackedMessage entry, DeliveryException cause) {
    drop(entry, LifecycleEvent.APPENDED, cause);
    ended(entry);
    announcer.then(() -> listener.onUnconfirmed(entry.key));
  }

  /** A message arrived, and may have been worked on. */
  void confirm(TrackedMessage entry, LifecycleEvent event, AckStatus status, Instant timestamp) {
    end(entry, event);
    ended(entry);
    announcer.then(() -> entry.receipt.complete(new Receipt(entry.receiver, status, timestamp)));
  }

  /** As {@link #confirm}, of a message that is under way no more. */
  void confirmAgain(DeliveryKey key, Delivered.Entry entry, LifecycleEvent event) {
    MessageState after = changeDelivered(key, entry, event);
    if (Lifecycle.isTerminal(after)) {
      lateResponses.cancel(key);
    }
    if (after != entry.state()) {
      announcer.then(() -> options.pending().end(key, entry.correlation(), after));
    }
  }

  /**
   * A message that was delivered is refused after all. One that is to be sent again, as it was
   * under way when the life before this one ended, is refused again then.
   */
  void refuseDelivered(
      DeliveryKey key,
      Delivered.Entry entry,
      String reason,
      DeliveryException cause,
      Runnable recorded) {
    if (entry.state() != MessageState.DELIVERED) {
      announcer.then(recorded);
      return;
    }
    MessageState after = changeDelivered(key, entry, LifecycleEvent.REFUSED);
    lateResponses.cancel(key);
    TrackedMessage tracked = entry.tracked();
    if (tracked == null) {
      Instant since = now();
      announcer.then(() -> refuseEarlier(key, entry, reason, cause, since, recorded));
    } else {
      tracked.enter(after, now());
      Failure failure = failure(tracked, reason, cause);
      announcer.then(() -> {
        Optional<RuntimeException> _ = keep(key, entry.correlation(), failure, recorded);
      });
    }
  }

  /** A message that is not in memory is refused; not with the monitor held. */
  private void refuseEarlier(
      DeliveryKey key,
      Delivered.Entry entry,
      String reason,
      DeliveryException cause,
      Instant since,
      Runnable recorded) {
    Optional<PendingStore.Pending> kept = options.pending().find(key);
    if (kept.isEmpty()) {
      LOG.error("refused after it was let go of: key={} reason={}", key, reason, cause);
      options.pending().end(key, entry.correlation(), MessageState.FAILED);
      recorded.run();
      return;
    }
    Failure failure =
        new Failure(
            kept.get().message(),
            kept.get().receiver(),
            reason,
            cause.code(),
            String.valueOf(cause.getMessage()),
            List.of(),
            List.of(new Failure.Step(MessageState.FAILED, since)));
    Optional<RuntimeException> _ = keep(key, entry.correlation(), failure, recorded);
  }

  private MessageState changeDelivered(
      DeliveryKey key, Delivered.Entry entry, LifecycleEvent event) {
    MessageState before = entry.state();
    MessageState after = Lifecycle.after(before, event);
    if (after != before) {
      delivered.put(key, entry.in(after));
      announcer.then(() -> tellState(key, before, after));
    }
    return after;
  }

  private void end(TrackedMessage entry, LifecycleEvent event) {
    if (underWay.remove(entry.key, entry)) {
      byteSize -= entry.byteSize;
    }
    entry.turn++;
    entry.cancelTimer();
    move(entry, event);
    delivered.put(
        entry.key, new Delivered.Entry(entry.state, entry.correlation, entry.isRequest, entry));
  }

  /** Nothing of a message need be remembered but that it was there. */
  void ended(TrackedMessage entry) {
    MessageState state = entry.state;
    announcer.then(() -> forget(entry, state));
  }

  private void forget(TrackedMessage entry, MessageState state) {
    options.pending().end(entry.key, entry.correlation, state);
  }

  private static Failure failure(TrackedMessage entry, String reason, DeliveryException cause) {
    return entry.failure(reason, cause.code(), String.valueOf(cause.getMessage()));
  }
}
