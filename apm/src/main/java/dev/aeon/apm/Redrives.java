package dev.aeon.apm;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.store.DeadLetter;
import dev.aeon.apm.store.DeadLetterQueue;
import dev.aeon.apm.track.MessageState;
import dev.aeon.apm.track.Timers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends dead letters that must not end as such once more, until they are acknowledged or refused
 * for good. One that nobody answered lies in its channel until its time to live is over, and is
 * sent again then, so that at any time there is one copy that is still of use, and no more. One
 * that a receiver or its channel could not take for now is tried again after pauses that double,
 * {@value #LONGEST_PAUSE_SECONDS} s at most. Thread-safe.
 */
final class Redrives {
  static final long LONGEST_PAUSE_SECONDS = 60;

  private static final Logger LOG = LoggerFactory.getLogger(Redrives.class);

  private final AgentBus bus;
  private final DeadLetterQueue letters;
  private final Timers timers;
  private final InstantSource clock;
  private final Predicate<Message> which;
  private final Set<String> scheduled = new HashSet<>();

  /** How often each letter was tried; guarded by this. */
  private final Map<String, Integer> tries = new HashMap<>();

  Redrives(AgentBus bus, DeadLetterQueue letters, Timers timers, BusOptions options) {
    this.bus = bus;
    this.letters = letters;
    this.timers = timers;
    this.clock = options.clock();
    this.which = options.redriven();
  }

  /** Goes on with what the lives before this one left. */
  void start() {
    letters.list().stream().filter(letter -> !isUnderWay(letter)).forEach(this::failed);
  }

  private boolean isUnderWay(DeadLetter letter) {
    MessageId messageId = letter.message().messageId();
    AgentId receiver = letter.receiver().agentId();
    return bus.state(messageId, receiver)
        .filter(state -> state == MessageState.PENDING || state == MessageState.IN_TRANSIT)
        .isPresent();
  }

  /** A message failed, and is kept as {@code letter}; whether it will be sent once more. */
  boolean failed(DeadLetter letter) {
    boolean again = mayBeGotOver(letter.errorCode()) && which.test(letter.message());
    if (again) {
      schedule(letter);
    }
    return again;
  }

  private static boolean mayBeGotOver(ErrorCode code) {
    return switch (code) {
      case E_PROTOCOL_004, E_ROUTING_003, E_SYSTEM_001, E_SYSTEM_002, E_SYSTEM_003, E_SYSTEM_004 ->
          true;
      default -> false;
    };
  }

  private synchronized void schedule(DeadLetter letter) {
    if (scheduled.add(letter.entryId())) {
      Timers.Timer _ = timers.after(pause(letter), () -> redrive(letter.entryId()));
    }
  }

  private Duration pause(DeadLetter letter) {
    int doublings = Math.min(tries.merge(letter.entryId(), 1, Integer::sum) - 1, 6);
    Duration pause = Duration.ofSeconds(Math.min(1L << doublings, LONGEST_PAUSE_SECONDS));
    if (!letter.reason().equals("timeout")) {
      return pause;
    }
    Duration left = Duration.between(clock.instant(), letter.message().envelope().deadline());
    return left.compareTo(pause) > 0 ? left : pause;
  }

  private void redrive(String entryId) {
    synchronized (this) {
      scheduled.remove(entryId);
    }
    try {
      CompletableFuture<Void> _ =
          bus.redrive(entryId).<Void>handle((_, failure) -> ended(entryId, failure == null));
    } catch (NoSuchElementException _) {
      forget(entryId); // somebody took it out
    } catch (RuntimeException e) {
      LOG.warn("cannot be sent once more: entryId={}", entryId, e);
    }
  }

  /** What did not set out at all fails without another dead letter. */
  private @Nullable Void ended(String entryId, boolean isArrived) {
    Optional<DeadLetter> letter = letters.find(entryId);
    if (isArrived || letter.isEmpty()) {
      forget(entryId);
    } else {
      failed(letter.get());
    }
    return null;
  }

  private synchronized void forget(String entryId) {
    tries.remove(entryId);
  }
}
