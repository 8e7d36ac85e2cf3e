package dev.aeon.apm.track;

import dev.aeon.apm.message.Ack;
import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.message.Nack;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.track.Acknowledgement.Receipt;
import dev.aeon.apm.track.PendingStore.Pending;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The messages we sent and how far each got, per recipient (section 4): sends them, waits for
 * answers, sends again what may be sent again, and tells what failed for good. Thread-safe; futures
 * are completed, and listeners and channels called, outside its lock.
 */
public final class Tracker implements AutoCloseable {
  private final Ledger ledger;
  private final Courier courier;
  private boolean closed;

  /** Knows no messages yet; the options' timers are closed by their owner, after this. */
  public Tracker(Carrier carrier, TrackerOptions options, TrackerListener listener) {
    this.ledger = new Ledger(options, listener);
    this.courier = new Courier(ledger, carrier);
  }

  /**
   * Sends a message, or goes on where it is under way already.
   *
   * @return completes with the recipient's ACK or a {@link DeliveryException}: E_SYSTEM_003, and
   *     nothing is sent, where too much is under way; E_SYSTEM_002 where it would not survive us
   */
  public CompletableFuture<Receipt> send(RoutedMessage message) {
    RetryPolicy policy = ledger.options.policies().apply(message.message().type());
    return send(new TrackedMessage(message, policy, ledger.now()));
  }

  /**
   * Goes on with a message that a life before this one had under way: where an answer has come
   * since, that is its end; where it still waits in its channel its receiver is reminded of it;
   * else it is sent.
   *
   * @return as {@link #send}
   */
  public CompletableFuture<Receipt> resume(RoutedMessage message) {
    RetryPolicy policy = ledger.options.policies().apply(message.message().type());
    TrackedMessage entry = new TrackedMessage(message, policy, ledger.now());
    entry.wasUnderWay = true;
    return send(entry);
  }

  private CompletableFuture<Receipt> send(TrackedMessage entry) {
    synchronized (ledger) {
      if (closed) {
        return CompletableFuture.failedFuture(closedException());
      }
      Optional<Receipt> answered = ledger.answered(entry);
      if (answered.isPresent()) {
        return CompletableFuture.completedFuture(answered.get());
      }
      if (!ledger.hasRoomFor(entry)) {
        return CompletableFuture.failedFuture(
            new DeliveryException(
                ErrorCode.E_SYSTEM_003,
                "too much is under way: limit=" + ledger.options.maxByteSize()));
      }
      TrackedMessage present = ledger.add(entry);
      if (present != entry) {
        return present.receipt;
      }
    }
    // Not noted anew: the answer that ends it may have come this very moment.
    if (entry.wasUnderWay || isKept(entry)) {
      courier.attempt(entry);
    }
    return entry.receipt;
  }

  /** Notes a message where it survives us; where that cannot be it does not set out. */
  private boolean isKept(TrackedMessage entry) {
    try {
      ledger.options.pending().add(entry.message);
      return true;
    } catch (RuntimeException e) {
      synchronized (ledger) {
        ledger.drop(
            entry,
            LifecycleEvent.ABANDONED,
            new DeliveryException(ErrorCode.E_SYSTEM_002, "cannot be kept: cause=" + e, e));
      }
      ledger.announcer.announce();
      return false;
    }
  }

  /**
   * A message of a life before this one came to its end: what its receiver still has to say of it
   * is no surprise, and what it owes is told once it is late.
   */
  public void recall(PendingStore.Ended ended) {
    synchronized (ledger) {
      ledger.delivered.put(
          ended.key(),
          new Delivered.Entry(ended.state(), ended.correlation(), ended.isRequest(), null));
      ended
          .due()
          .ifPresent(due ->
              ledger.lateResponses.await(
                  ended.key(), due, () -> ledger.options.pending().find(ended.key())));
    }
  }

  /** Not all messages to {@code receiver} that came to their end are known. */
  public void forget(AgentId receiver) {
    synchronized (ledger) {
      ledger.delivered.forget(receiver);
    }
  }

  /** An ACK came in. */
  public Answer acknowledged(Message message, Ack ack) {
    DeliveryKey key = new DeliveryKey(ack.acknowledgedMessageId(), message.sender().agentId());
    LifecycleEvent event =
        ack.status() == AckStatus.PROCESSED
            ? LifecycleEvent.PROCESSED
            : LifecycleEvent.ACKNOWLEDGED;
    return confirm(key, message.correlation(), event, ack.status(), ack.timestamp());
  }

  /**
   * A message came in that may be the response to one of ours: it shows that the one it answers was
   * worked on, unless it is the news of a task that goes on.
   */
  public void responded(Message response) {
    if (response.envelope().correlationId().isEmpty() || isNewsOfATask(response)) {
      return;
    }
    String correlation = response.respondsTo();
    List<DeliveryKey> requests;
    synchronized (ledger) {
      requests = ledger.requests(correlation, response.sender().agentId());
    }
    Instant timestamp = response.envelope().timestamp();
    for (DeliveryKey key : List.copyOf(requests)) {
      Answer _ =
          confirm(key, correlation, LifecycleEvent.RESPONDED, AckStatus.PROCESSED, timestamp);
    }
  }

  private static boolean isNewsOfATask(Message response) {
    return response.payload() instanceof TaskUpdate update && !update.status().isLast();
  }

  private Answer confirm(
      DeliveryKey key,
      String correlation,
      LifecycleEvent event,
      AckStatus status,
      Instant timestamp) {
    Answer answer;
    synchronized (ledger) {
      TrackedMessage entry = ledger.find(key);
      Delivered.Entry ended = ledger.delivered.find(key);
      answer = answer(key, entry, ended, correlation);
      if (answer == Answer.EXPECTED && entry != null) {
        ledger.confirm(entry, event, status, timestamp);
        awaitResponse(entry);
      } else if (answer == Answer.EXPECTED && ended != null) {
        ledger.confirmAgain(key, ended, event);
      }
    }
    ledger.announcer.announce();
    return answer;
  }

  /**
   * A NACK came in.
   *
   * @param recorded called, where it is expected, once what follows from it survives us, which may
   *     be later and on another thread: until then the NACK must not be settled
   */
  public Answer rejected(Message message, Nack nack, Runnable recorded) {
    DeliveryKey key = new DeliveryKey(nack.rejectedMessageId(), message.sender().agentId());
    DeliveryException cause = new DeliveryException(message, nack);
    Answer answer;
    synchronized (ledger) {
      TrackedMessage entry = ledger.find(key);
      Delivered.Entry ended = ledger.delivered.find(key);
      answer = answer(key, entry, ended, message.correlation());
      if (answer == Answer.EXPECTED && entry != null) {
        refused(entry, nack, cause, recorded);
      } else if (answer == Answer.EXPECTED && ended != null) {
        ledger.refuseDelivered(key, ended, Refusals.reason(nack), cause, recorded);
      }
    }
    ledger.announcer.announce();
    return answer;
  }

  private void refused(
      TrackedMessage entry, Nack nack, DeliveryException cause, Runnable recorded) {
    if (Refusals.isTransient(nack) && entry.retries < entry.policy.maxRetries()) {
      courier.retry(entry, LifecycleEvent.REFUSED_FOR_NOW);
      ledger.announcer.then(recorded);
    } else {
      ledger.fail(entry, LifecycleEvent.REFUSED, Refusals.reason(nack), cause, recorded);
    }
  }

  private Answer answer(
      DeliveryKey key,
      @Nullable TrackedMessage entry,
      Delivered.@Nullable Entry ended,
      String correlation) {
    if (entry != null) {
      return entry.correlation.equals(correlation) ? Answer.EXPECTED : Answer.UNEXPECTED;
    }
    if (ended != null) {
      return ended.correlation().equals(correlation) ? Answer.EXPECTED : Answer.UNEXPECTED;
    }
    return ledger.delivered.hasForgotten(key.receiver()) ? Answer.LATE : Answer.UNEXPECTED;
  }

  /** A request that was delivered is to be worked on in time (resolution 13). */
  private void awaitResponse(TrackedMessage entry) {
    if (entry.state == MessageState.DELIVERED) {
      Pending request = new Pending(entry.message.message(), entry.receiver);
      request
          .message()
          .responseDeadline()
          .ifPresent(due -> ledger.lateResponses.await(entry.key, due, () -> Optional.of(request)));
    }
  }

  /** How far a message got at {@code receiver}; empty where we do not know it any more. */
  public Optional<MessageState> state(MessageId messageId, AgentId receiver) {
    DeliveryKey key = new DeliveryKey(messageId, receiver);
    synchronized (ledger) {
      TrackedMessage entry = ledger.find(key);
      return entry == null
          ? Optional.ofNullable(ledger.delivered.find(key)).map(Delivered.Entry::state)
          : Optional.of(entry.state);
    }
  }

  /** How many messages are neither delivered nor given up. */
  public int underWay() {
    synchronized (ledger) {
      return ledger.size();
    }
  }

  /** How many messages failed and are not kept as failed yet, because storage fails. */
  public int unkept() {
    return ledger.unkept();
  }

  /** How many of them wait for their receivers to register. */
  public int parked() {
    synchronized (ledger) {
      return courier.parked();
    }
  }

  /** Whether the channel to {@code receiver} failed so often that messages wait. */
  public boolean isOpenCircuit(AgentId receiver) {
    synchronized (ledger) {
      return courier.isOpenCircuit(receiver);
    }
  }

  /** Fails everything under way to {@code receiver}. */
  public void abandon(AgentId receiver) {
    DeliveryException cause =
        new DeliveryException(ErrorCode.E_ROUTING_003, "abandoned: receiver=" + receiver);
    synchronized (ledger) {
      for (TrackedMessage entry : ledger.underWay()) {
        if (entry.key.receiver().equals(receiver)) {
          ledger.drop(entry, LifecycleEvent.ABANDONED, cause);
          ledger.ended(entry);
        }
      }
    }
    ledger.announcer.announce();
  }

  /**
   * Fails the futures of everything under way, and of what is sent from now on; a store of pending
   * messages keeps what it has.
   */
  @Override
  public void close() {
    synchronized (ledger) {
      closed = true;
      for (TrackedMessage entry : ledger.underWay()) {
        ledger.drop(entry, LifecycleEvent.ABANDONED, closedException());
      }
    }
    ledger.announcer.announce();
  }

  private static DeliveryException closedException() {
    return new DeliveryException(ErrorCode.E_ROUTING_003, "the bus is closed");
  }
}
