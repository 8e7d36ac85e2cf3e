package dev.aeon.apm;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.internal.Causes;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.Violation;
import dev.aeon.apm.track.RetryPolicy;
import dev.aeon.apm.track.Timers;
import dev.aeon.apm.validate.Verdict.Origin;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings each refusal to its message's sender, and only then lets the channel count the message as
 * settled: what we refuse the sender keeps, and must hear of. While storage fails, a full disk say,
 * it is tried again each second, for as long as it takes; where the sender cannot be reached three
 * times more (section 3.5), then the message goes to the quarantine. At most {@value #MAX_WAITING}
 * wait; whoever brings more waits for one of them. Thread-safe.
 */
final class Rejections {
  static final int MAX_WAITING = 1024;
  static final Duration STORAGE_PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);
  private static final RetryPolicy UNREACHABLE =
      new RetryPolicy(Duration.ZERO, 3, Duration.ofSeconds(1));

  /** A refusal on its way. */
  private record Rejection(Origin origin, Refusal refusal, Delivery delivery, Runnable done) {}

  private final Room room = new Room(MAX_WAITING);
  private final Answers answers;
  private final Timers timers;
  private final QuarantineKeeper quarantine;
  private final Counters counters;

  Rejections(Answers answers, Timers timers, QuarantineKeeper quarantine, Counters counters) {
    this.answers = answers;
    this.timers = timers;
    this.quarantine = quarantine;
    this.counters = counters;
  }

  /** How many refusals are not with their senders yet. */
  int waiting() {
    return room.messages();
  }

  /**
   * Refuses a message; may block while too many wait, and does nothing once we are closed.
   *
   * @param done what precedes the settling of {@code delivery}
   */
  void reject(Origin origin, Refusal refusal, Delivery delivery, Runnable done) {
    if (room.enter(delivery.line().length)) {
      attempt(new Rejection(origin, refusal, delivery, done), 0);
    }
  }

  private void attempt(Rejection rejection, int failures) {
    CompletableFuture<Void> _ =
        answers
            .reject(rejection.origin(), rejection.refusal())
            .whenComplete((_, failure) -> {
              if (failure == null) {
                counters.sent.increment();
                finish(rejection);
              } else {
                failed(rejection, failures + 1, failure);
              }
            });
  }

  private void failed(Rejection rejection, int failures, Throwable failure) {
    LOG.warn(
        "cannot refuse: receiver={} messageId={} failures={}",
        rejection.origin().sender(),
        rejection.origin().messageId(),
        failures,
        failure);
    boolean isStorage = isStorage(failure);
    if (!isStorage && (failures > UNREACHABLE.maxRetries() || waiting() > MAX_WAITING / 2)) {
      giveUp(rejection);
      return;
    }
    Duration pause = isStorage ? STORAGE_PAUSE : UNREACHABLE.backoff(failures);
    Timers.Timer _ = timers.after(pause, () -> attempt(rejection, isStorage ? 0 : failures));
  }

  private static boolean isStorage(Throwable failure) {
    return Causes.of(failure) instanceof ChannelException known
        && (known.code() == ErrorCode.E_SYSTEM_001 || known.code() == ErrorCode.E_SYSTEM_002);
  }

  private void giveUp(Rejection rejection) {
    Delivery delivery = rejection.delivery();
    Violation violation =
        new Violation(
            "", rejection.refusal().code(), "refused, untold: " + rejection.refusal().reason());
    quarantine.keep(
        new BadInput(
            delivery.source(), delivery.line(), delivery.line().length, List.of(violation)),
        () -> finish(rejection));
  }

  private void finish(Rejection rejection) {
    room.leave(rejection.delivery().line().length);
    rejection.done().run();
    rejection.delivery().settle();
  }

  /** Lets go who waits; what was not told yet comes again in the next life. */
  void close() {
    room.close();
  }
}
