package dev.aeon.apm;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Quarantine;
import dev.aeon.apm.track.Timers;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that bad input is quarantined (resolution 17): while that cannot be, as on a full
 * disk, it is tried again each second, for as long as it takes, and what follows waits. At most
 * {@value #MAX_WAITING} wait; whoever brings more waits for one of them. Thread-safe.
 */
final class QuarantineKeeper {
  static final int MAX_WAITING = 1024;
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(QuarantineKeeper.class);

  private final Room room = new Room(MAX_WAITING);
  private final Quarantine quarantine;
  private final Timers timers;
  private final Counters counters;

  QuarantineKeeper(Quarantine quarantine, Timers timers, Counters counters) {
    this.quarantine = quarantine;
    this.timers = timers;
    this.counters = counters;
  }

  /** How many inputs are not kept yet. */
  int waiting() {
    return room.messages();
  }

  /**
   * Has input kept, now or later; may block while too much waits.
   *
   * @param kept what follows then; never where we are closed before, so that what is settled by it
   *     comes again in the next life
   */
  void keep(BadInput input, Runnable kept) {
    counters.quarantined.increment();
    if (!room.enter(input.raw().length)) {
      return;
    }
    if (isKept(input)) {
      finish(input, kept);
    } else {
      later(input, kept);
    }
  }

  private boolean isKept(BadInput input) {
    try {
      quarantine.keep(input);
      return true;
    } catch (RuntimeException e) {
      LOG.error(
          "cannot quarantine yet: source={} byteSize={} violations={}",
          input.source(),
          input.byteSize(),
          input.violations(),
          e);
      return false;
    }
  }

  private void later(BadInput input, Runnable kept) {
    Timers.Timer _ =
        timers.after(
            PAUSE,
            () -> {
              if (isKept(input)) {
                finish(input, kept);
              } else {
                later(input, kept);
              }
            });
  }

  private void finish(BadInput input, Runnable kept) {
    room.leave(input.raw().length);
    kept.run();
  }

  /** Lets go who waits. */
  void close() {
    room.close();
  }
}
