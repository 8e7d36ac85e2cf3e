package dev.aeon.sp.core;

import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import org.jspecify.annotations.Nullable;

/** The one alarm that a machine asks for. Confined to its socket's strand. */
final class MachineAlarm {
  private final Reactor reactor;
  private final Strand strand;
  private final Runnable expire;
  private Reactor.@Nullable Alarm alarm;
  private long alarmNanos;

  MachineAlarm(Reactor reactor, Strand strand, Runnable expire) {
    this.reactor = reactor;
    this.strand = strand;
    this.expire = expire;
  }

  /** An alarm that is set for an earlier time stays: the machine then asks again. */
  void wakeAt(long deadlineNanos) {
    if (alarm != null && alarmNanos - deadlineNanos <= 0) {
      return;
    }
    cancel();
    alarmNanos = deadlineNanos;
    long delayNanos = Math.max(deadlineNanos - reactor.nanoTime(), 0);
    alarm = reactor.schedule(strand, delayNanos, this::run);
  }

  private void run() {
    alarm = null;
    expire.run();
  }

  void cancel() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }
}
