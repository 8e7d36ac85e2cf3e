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
import org.jspecify.annotations.Nullable;

/**
 * What is under way and what came to its end, and the changes between. Guarded by its own monitor:
 * every method is called with it held, and notes what others are to be told in the announcer.
 */
final class Ledger {
  final TrackerOptions options;
  final Announcer announcer = new Announcer();
  final Delivered delivered = new Delivered();
  private final TrackerListener listener;
  private final Map<DeliveryKey, TrackedMessage> underWay = new LinkedHashMap<>();
  private long byteSize;

  Ledger(TrackerOptions options, TrackerListener listener) {
    this.options = options;
    this.listener = listener;
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
      announcer.then(() -> listener.onState(entry.key, before, after));
    }
  }

  void parked(TrackedMessage entry) {
    announcer.then(() -> listener.onParked(entry.key));
  }

  void retried(TrackedMessage entry, LifecycleEvent event) {
    entry.retries++;
    entry.turn++;
    entry.message = entry.message.retried(entry.retries);
    move(entry, event);
    int retry = entry.retries;
    announcer.then(() -> listener.onRetry(entry.key, retry));
  }

  /** A message failed for good. */
  void fail(TrackedMessage entry, LifecycleEvent event, String reason, DeliveryException cause) {
    end(entry, event);
    dead(entry, reason, cause);
    announcer.then(() -> options.pending().remove(entry.key));
    announcer.then(() -> entry.receipt.completeExceptionally(cause));
  }

  /** A message is not followed any more, without a failure. */
  void drop(TrackedMessage entry, LifecycleEvent event, DeliveryException cause) {
    end(entry, event);
    announcer.then(() -> entry.receipt.completeExceptionally(cause));
  }

  void unconfirmed(TrackedMessage entry, DeliveryException cause) {
    drop(entry, LifecycleEvent.APPENDED, cause);
    announcer.then(() -> options.pending().remove(entry.key));
    announcer.then(() -> listener.onUnconfirmed(entry.key));
  }

  /** A message arrived, and may have been worked on. */
  void confirm(TrackedMessage entry, LifecycleEvent event, AckStatus status, Instant timestamp) {
    end(entry, event);
    announcer.then(() -> options.pending().remove(entry.key));
    announcer.then(() -> entry.receipt.complete(new Receipt(entry.receiver, status, timestamp)));
  }

  /** As {@link #confirm}, of a message that is under way no more. */
  void confirmAgain(DeliveryKey key, Delivered.Entry entry, LifecycleEvent event) {
    MessageState after = changeDelivered(key, entry, event);
    if (after != entry.state() && entry.tracked() != null) {
      entry.tracked().cancelTimer();
    }
  }

  /** A message that was delivered is refused after all. */
  void refuseDelivered(
      DeliveryKey key, Delivered.Entry entry, String reason, DeliveryException cause) {
    TrackedMessage tracked = entry.tracked();
    MessageState after = changeDelivered(key, entry, LifecycleEvent.REFUSED);
    if (after != entry.state() && tracked != null) {
      tracked.cancelTimer();
      tracked.enter(after, now());
      dead(tracked, reason, cause);
    }
  }

  void responseIsLate(TrackedMessage entry) {
    Delivered.Entry now = delivered.find(entry.key);
    if (now != null && now.state() == MessageState.DELIVERED) {
      announcer.then(() -> listener.onCorrelationExpired(entry.message.message(), entry.receiver));
    }
  }

  private MessageState changeDelivered(
      DeliveryKey key, Delivered.Entry entry, LifecycleEvent event) {
    MessageState before = entry.state();
    MessageState after = Lifecycle.after(before, event);
    if (after != before) {
      delivered.put(key, entry.in(after));
      announcer.then(() -> listener.onState(key, before, after));
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
    delivered.put(entry.key, new Delivered.Entry(entry.state, entry.correlation, entry));
  }

  private void dead(TrackedMessage entry, String reason, DeliveryException cause) {
    Failure failure = entry.failure(reason, cause.code(), String.valueOf(cause.getMessage()));
    announcer.then(() -> listener.onFailure(failure));
  }
}
