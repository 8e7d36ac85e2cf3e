package dev.aeon.apm.track;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.track.Acknowledgement.Receipt;
import dev.aeon.apm.track.Failure.Step;
import dev.aeon.apm.track.Timers.Timer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One copy of a message under way. Guarded by its tracker's lock. */
final class TrackedMessage {
  /** About what following a message takes beside its line. */
  private static final int OVERHEAD_BYTE_SIZE = 1024;

  final DeliveryKey key;
  final AgentIdentity receiver;
  final String correlation;
  final RetryPolicy policy;
  final Instant deadline;

  /** Whether it asks for more than an acknowledgement. */
  final boolean isRequest;

  /** What it takes of the memory that messages under way may take. */
  final long byteSize;

  final CompletableFuture<Receipt> receipt = new CompletableFuture<>();

  /** Whether a life before this one may have appended it. */
  boolean wasUnderWay;

  /** As it is sent next, or was sent last. */
  RoutedMessage message;

  MessageState state = MessageState.PENDING;
  int retries;
  int channelFailures;

  /** Counts hand-overs to the channel, so that a late report of an earlier one is told apart. */
  int turn;

  private final List<Instant> attempts = new ArrayList<>(1);
  private final List<Step> history = new ArrayList<>(3);
  private @Nullable Timer timer;

  TrackedMessage(RoutedMessage message, RetryPolicy policy, Instant now) {
    this.message = message;
    this.key = keyOf(message);
    this.receiver = message.target();
    this.correlation = message.message().correlation();
    this.policy = policy;
    this.deadline = message.message().envelope().deadline();
    this.isRequest = message.message().type().isRequest();
    this.byteSize = (long) message.line().length + OVERHEAD_BYTE_SIZE;
    this.retries = message.message().envelope().metadata().retryCount();
    history.add(new Step(state, now));
  }

  static DeliveryKey keyOf(RoutedMessage message) {
    return new DeliveryKey(message.message().messageId(), message.target().agentId());
  }

  void attempted(Instant now) {
    attempts.add(now);
  }

  void enter(MessageState next, Instant now) {
    state = next;
    history.add(new Step(next, now));
  }

  void setTimer(Timer next) {
    cancelTimer();
    timer = next;
  }

  void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  Failure failure(String reason, ErrorCode code, String detail) {
    return new Failure(
        message.message(),
        receiver,
        reason,
        code,
        detail,
        List.copyOf(attempts),
        List.copyOf(history));
  }
}
