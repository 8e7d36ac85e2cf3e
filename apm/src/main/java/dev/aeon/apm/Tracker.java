package dev.aeon.apm;

import dev.aeon.apm.Acknowledgement.Receipt;
import dev.aeon.apm.message.Ack;
import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.message.Nack;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages we sent and how far each got, per recipient (section 4, resolutions 10, 12 and 20).
 * Those under way are kept until they end; of the ended ones the last {@value #ENDED_KEPT}.
 * Thread-safe; futures are completed outside its lock.
 */
final class Tracker {
  private static final int ENDED_KEPT = 10_000;

  private record Key(MessageId messageId, AgentId receiver) {}

  private static final class Tracked {
    final AgentIdentity receiver;
    final String correlation;
    final CompletableFuture<Receipt> receipt = new CompletableFuture<>();
    MessageState state = MessageState.PENDING;

    Tracked(RoutedMessage message) {
      this.receiver = message.target();
      this.correlation = message.message().correlation();
    }
  }

  private final Map<Key, Tracked> underWay = new LinkedHashMap<>();
  private final Map<Key, Tracked> ended =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Tracked> eldest) {
          return size() > ENDED_KEPT;
        }
      };
  private boolean closed;

  /**
   * Starts to track a message, or goes on where it is under way already; the future completes with
   * its ACK or a DeliveryException.
   */
  CompletableFuture<Receipt> track(RoutedMessage message) {
    Tracked entry = new Tracked(message);
    synchronized (this) {
      if (!closed) {
        Tracked present = underWay.putIfAbsent(key(message), entry);
        return present == null ? entry.receipt : present.receipt;
      }
    }
    return CompletableFuture.failedFuture(closedException());
  }

  /** The channel has taken the message over. */
  synchronized void sent(RoutedMessage message) {
    Tracked entry = underWay.get(key(message));
    if (entry != null && entry.state == MessageState.PENDING) {
      entry.state = MessageState.IN_TRANSIT;
    }
  }

  /** The channel cannot take the message over. */
  void failed(RoutedMessage message, DeliveryException cause) {
    Tracked entry = end(key(message), MessageState.FAILED);
    if (entry != null) {
      entry.receipt.completeExceptionally(cause);
    }
  }

  /** An ACK came in; false where it answers no message of ours, or with a wrong correlation. */
  boolean acknowledged(Message message, Ack ack) {
    Key key = new Key(ack.acknowledgedMessageId(), message.sender().agentId());
    if (!answers(key, message)) {
      return false;
    }
    boolean processed = ack.status() == AckStatus.PROCESSED;
    Tracked entry = end(key, processed ? MessageState.PROCESSED : MessageState.DELIVERED);
    if (entry != null) {
      entry.receipt.complete(new Receipt(entry.receiver, ack.status(), ack.timestamp()));
    }
    return true;
  }

  /** A NACK came in; false where it answers no message of ours, or with a wrong correlation. */
  boolean rejected(Message message, Nack nack) {
    Key key = new Key(nack.rejectedMessageId(), message.sender().agentId());
    if (!answers(key, message)) {
      return false;
    }
    Tracked entry = end(key, MessageState.FAILED);
    if (entry != null) {
      entry.receipt.completeExceptionally(new DeliveryException(message, nack));
    }
    return true;
  }

  /** How far a message got at {@code receiver}; empty where we do not know it any more. */
  synchronized Optional<MessageState> state(MessageId messageId, AgentId receiver) {
    return Optional.ofNullable(find(new Key(messageId, receiver))).map(entry -> entry.state);
  }

  /** Fails everything under way to {@code receiver}. */
  void abandon(AgentId receiver) {
    failAll(
        key -> key.receiver.equals(receiver),
        new DeliveryException(ErrorCode.E_ROUTING_003, "abandoned: receiver=" + receiver));
  }

  /** Fails everything under way, and what is tracked from now on. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    failAll(_ -> true, closedException());
  }

  private void failAll(Predicate<Key> which, DeliveryException cause) {
    List<Key> keys;
    synchronized (this) {
      keys = new ArrayList<>(underWay.keySet());
    }
    for (Key key : keys) {
      Tracked entry = which.test(key) ? end(key, MessageState.FAILED) : null;
      if (entry != null) {
        entry.receipt.completeExceptionally(cause);
      }
    }
  }

  private synchronized boolean answers(Key key, Message answer) {
    Tracked entry = find(key);
    return entry != null && entry.correlation.equals(answer.correlation());
  }

  private synchronized @Nullable Tracked end(Key key, MessageState state) {
    Tracked entry = underWay.remove(key);
    if (entry == null) {
      entry = ended.get(key);
    } else {
      ended.put(key, entry);
    }
    if (entry != null && isLater(entry.state, state)) {
      entry.state = state;
    }
    return entry;
  }

  private @Nullable Tracked find(Key key) {
    Tracked entry = underWay.get(key);
    return entry == null ? ended.get(key) : entry;
  }

  private static boolean isLater(MessageState before, MessageState after) {
    boolean terminal = before == MessageState.PROCESSED || before == MessageState.FAILED;
    return !terminal && after.compareTo(before) > 0;
  }

  private static Key key(RoutedMessage message) {
    return new Key(message.message().messageId(), message.target().agentId());
  }

  private static DeliveryException closedException() {
    return new DeliveryException(ErrorCode.E_ROUTING_003, "the bus is closed");
  }
}
