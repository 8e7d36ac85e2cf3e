package dev.aeon.sp.core;

import dev.aeon.sp.transport.CloseReason;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of peers that break rules, at most once a minute in the process. Thread-safe. */
final class FaultLog {
  private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);
  private static final long QUIET_NANOS = 60_000_000_000L;

  private final AtomicLong lastNanos = new AtomicLong(Long.MIN_VALUE);

  void report(CloseReason reason, String detail, long nowNanos) {
    long last = lastNanos.get();
    boolean due = last == Long.MIN_VALUE || nowNanos - last >= QUIET_NANOS;
    if (due && lastNanos.compareAndSet(last, nowNanos)) {
      LOG.warn("closed a pipe for its peer's fault: reason={} {}", reason, detail);
    }
  }
}
