package dev.aeon.apm.track;

import dev.aeon.apm.track.PendingStore.Pending;
import dev.aeon.apm.track.Timers.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests that were delivered and not responded to, and when that is to be told (resolution
 * 13). What is due is read from the wall clock, anew each time a timer ends, at least once a day.
 * Its state is guarded by the ledger's monitor.
 */
final class LateResponses {
  private static final Logger LOG = LoggerFactory.getLogger(LateResponses.class);
  private static final Duration LONGEST_TIMER = Duration.ofDays(1);

  private final Ledger ledger;
  private final TrackerListener listener;
  private final Map<DeliveryKey, Timer> timers = new HashMap<>();

  LateResponses(Ledger ledger, TrackerListener listener) {
    this.ledger = ledger;
    this.listener = listener;
  }

  /**
   * Tells of a request once it is late, unless that is cancelled before.
   *
   * @param request the request, asked for when it is late; empty where it is not kept any more
   */
  void await(DeliveryKey key, Instant due, Supplier<Optional<Pending>> request) {
    cancel(key);
    Duration left = Duration.between(ledger.now(), due);
    Duration least = left.compareTo(LONGEST_TIMER) < 0 ? left : LONGEST_TIMER;
    timers.put(key, ledger.options.timers().after(least, () -> look(key, due, request)));
  }

  void cancel(DeliveryKey key) {
    Timer timer = timers.remove(key);
    if (timer != null) {
      timer.cancel();
    }
  }

  private void look(DeliveryKey key, Instant due, Supplier<Optional<Pending>> request) {
    synchronized (ledger) {
      timers.remove(key);
      Delivered.Entry entry = ledger.delivered.find(key);
      if (entry != null && entry.state() == MessageState.DELIVERED) {
        if (ledger.now().isBefore(due)) {
          await(key, due, request);
        } else {
          ledger.announcer.then(() -> tell(key, request));
        }
      }
    }
    ledger.announcer.announce();
  }

  private void tell(DeliveryKey key, Supplier<Optional<Pending>> request) {
    request
        .get()
        .ifPresentOrElse(
            each -> listener.onCorrelationExpired(each.message(), each.receiver()),
            () -> LOG.warn("not responded to, and not kept any more: key={}", key));
    ledger.options.pending().told(key);
  }
}
