package dev.aeon.apm.track;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages to their channels, again where the channel or the receiver does not answer, until
 * one of the two does or tries or time are over. Its state is guarded by the ledger's monitor.
 */
final class Courier {
  /** A channel that fails is tried again three times (section 3.5), before any time-out counts. */
  private static final RetryPolicy CHANNEL =
      new RetryPolicy(Duration.ZERO, 3, Duration.ofSeconds(1));

  private final Ledger ledger;
  private final TrackerOptions options;
  private final Carrier carrier;
  private final Parking parking;
  private final Map<AgentId, CircuitBreaker> breakers = new HashMap<>();

  Courier(Ledger ledger, Carrier carrier) {
    this.ledger = ledger;
    this.options = ledger.options;
    this.carrier = carrier;
    this.parking = new Parking(ledger, this);
  }

  boolean isOpenCircuit(AgentId receiver) {
    CircuitBreaker breaker = breakers.get(receiver);
    return breaker != null && breaker.isOpen();
  }

  /** How many messages wait for their receivers to register. */
  int parked() {
    return parking.size();
  }

  /** Sends what was parked for {@code receiver}, in its order. */
  void release(AgentId receiver) {
    List<TrackedMessage> parked;
    synchronized (ledger) {
      parked = parking.take(receiver);
    }
    parked.forEach(this::attempt);
  }

  /**
   * Sends a message that is PENDING: now, or as soon as its receiver is known and its channel's
   * breaker lets it. What was parked before it goes before it.
   */
  void attempt(TrackedMessage entry) {
    Presence presence = options.presence().apply(entry.receiver);
    if (presence != Presence.UNKNOWN) {
      List<TrackedMessage> earlier;
      synchronized (ledger) {
        earlier = parking.take(entry.key.receiver());
      }
      earlier.stream().filter(each -> each != entry).forEach(each -> attempt(each, presence));
    }
    attempt(entry, presence);
  }

  private void attempt(TrackedMessage entry, Presence presence) {
    RoutedMessage message = null;
    int turn;
    synchronized (ledger) {
      turn = ++entry.turn;
      if (ledger.isStill(entry, MessageState.PENDING) && isAllowed(entry, presence)) {
        entry.attempted(ledger.now());
        message = entry.message;
        schedule(entry, ledger.left(entry), () -> channelIsSilent(entry, turn));
      }
    }
    ledger.announcer.announce();
    if (message != null) {
      carry(entry, message, turn);
    }
  }

  private void carry(TrackedMessage entry, RoutedMessage message, int turn) {
    boolean isRetry = message.message().envelope().metadata().retryCount() > 0;
    if ((isRetry || entry.wasUnderWay) && carrier.remind(message)) {
      appended(entry, turn, null);
    } else {
      CompletableFuture<Void> _ =
          carrier.append(message).whenComplete((_, failure) -> appended(entry, turn, failure));
    }
  }

  /** Whether a message may go out now; where not, it ends here or waits. */
  private boolean isAllowed(TrackedMessage entry, Presence presence) {
    if (!ledger.left(entry).isPositive()) {
      expire(entry);
      return false;
    }
    if (presence != Presence.KNOWN) {
      keepBack(entry, presence);
      return false;
    }
    Duration pause = breaker(entry).pause(options.timers().nanoTime());
    if (pause.isPositive()) {
      schedule(entry, pause, () -> attempt(entry));
      return false;
    }
    return true;
  }

  private void keepBack(TrackedMessage entry, Presence presence) {
    if (presence == Presence.UNKNOWN) {
      schedule(entry, ledger.left(entry), () -> attempt(entry));
      parking.add(entry);
    } else {
      ledger.fail(entry, LifecycleEvent.REFUSED, "refused", ofAnotherType(entry.receiver));
    }
  }

  private void appended(TrackedMessage entry, int turn, @Nullable Throwable failure) {
    synchronized (ledger) {
      if (failure == null) {
        breaker(entry).succeeded();
      } else {
        breaker(entry).failed(options.timers().nanoTime());
      }
      if (entry.turn == turn && ledger.isStill(entry, MessageState.PENDING)) {
        if (failure == null) {
          awaitAnswer(entry);
        } else {
          channelFailed(entry, DeliveryException.of(failure));
        }
      }
    }
    ledger.announcer.announce();
  }

  /** A channel may keep a message for a receiver that is away until it is of no use any more. */
  private void channelIsSilent(TrackedMessage entry, int turn) {
    synchronized (ledger) {
      if (entry.turn == turn && ledger.isStill(entry, MessageState.PENDING)) {
        expire(entry);
      }
    }
    ledger.announcer.announce();
  }

  private void awaitAnswer(TrackedMessage entry) {
    entry.channelFailures = 0;
    entry.message.keepLineAlone();
    ledger.move(entry, LifecycleEvent.APPENDED);
    schedule(entry, entry.policy.timeout(), () -> timedOut(entry));
  }

  private void channelFailed(TrackedMessage entry, DeliveryException cause) {
    if (breaker(entry).isOpen()) {
      schedule(entry, CircuitBreaker.OPEN_FOR, () -> attempt(entry));
      return;
    }
    entry.channelFailures++;
    if (entry.channelFailures > CHANNEL.maxRetries()) {
      ledger.fail(entry, LifecycleEvent.CHANNEL_FAILED, "channel_unavailable", cause);
      return;
    }
    Duration pause = CHANNEL.backoff(entry.channelFailures);
    schedule(entry, options.jitter().apply(pause), () -> attempt(entry));
  }

  private void timedOut(TrackedMessage entry) {
    synchronized (ledger) {
      if (!ledger.isStill(entry, MessageState.IN_TRANSIT)) {
        return;
      }
      if (!ledger.left(entry).isPositive()) {
        expire(entry);
      } else if (!options.mustAnswer().test(entry.message)) {
        ledger.unconfirmed(entry, noAnswer("unconfirmed, and need not be", entry));
      } else if (entry.retries >= entry.policy.maxRetries()) {
        ledger.fail(entry, LifecycleEvent.EXHAUSTED, "timeout", noAnswer("no answer", entry));
      } else {
        retry(entry, LifecycleEvent.TIMED_OUT);
      }
    }
    ledger.announcer.announce();
  }

  /** Sends a message again after a pause; with the ledger's monitor held. */
  void retry(TrackedMessage entry, LifecycleEvent event) {
    ledger.retried(entry, event);
    Duration pause = options.jitter().apply(entry.policy.backoff(entry.retries));
    schedule(entry, pause, () -> attempt(entry));
  }

  private void expire(TrackedMessage entry) {
    ledger.fail(
        entry,
        LifecycleEvent.EXPIRED,
        "ttl_expired",
        new DeliveryException(
            ErrorCode.E_PROTOCOL_004, "time to live is over: deadline=" + entry.deadline));
  }

  /** No later than the end of the message's time to live. */
  private void schedule(TrackedMessage entry, Duration delay, Runnable task) {
    Duration left = ledger.left(entry);
    Duration least = delay.compareTo(left) < 0 ? delay : left;
    entry.setTimer(options.timers().after(least, task));
  }

  private CircuitBreaker breaker(TrackedMessage entry) {
    return breakers.computeIfAbsent(entry.key.receiver(), _ -> new CircuitBreaker());
  }

  private static DeliveryException ofAnotherType(AgentIdentity receiver) {
    return new DeliveryException(
        ErrorCode.E_ROUTING_002, "registered as another type: receiver=" + receiver);
  }

  private static DeliveryException noAnswer(String what, TrackedMessage entry) {
    return new DeliveryException(
        ErrorCode.E_PROTOCOL_004,
        what + ": receiver=" + entry.receiver + " retries=" + entry.retries);
  }
}
