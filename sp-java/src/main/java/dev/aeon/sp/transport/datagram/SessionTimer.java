package dev.aeon.sp.transport.datagram;

import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Reactor;
import org.jspecify.annotations.Nullable;

/**
 * One alarm for all that a session waits for. It is moved to an earlier time only: where the next
 * thing is later than the alarm, the alarm finds nothing to do and is set anew, so that timers that
 * move with every packet cost nothing; and it may be late by {@link #SLACK_NANOS}.
 */
final class SessionTimer {
  /** How late an alarm may be: moving one wakes the thread that keeps it. */
  static final long SLACK_NANOS = 1_000_000;

  private final PipeHost host;
  private final Runnable task;
  private final Runnable onAlarm = this::alarm;
  private Reactor.@Nullable Alarm alarm;
  private long alarmNanos;

  SessionTimer(PipeHost host, Runnable task) {
    this.host = host;
    this.task = task;
  }

  /** Has the task run at {@code deadlineNanos}, before, or little later. */
  void wakeBy(long deadlineNanos, long nowNanos) {
    if (alarm != null) {
      if (alarmNanos - deadlineNanos <= SLACK_NANOS) {
        return;
      }
      alarm.cancel();
    }
    alarmNanos = deadlineNanos;
    alarm = host.reactor().schedule(host.strand(), Math.max(0, deadlineNanos - nowNanos), onAlarm);
  }

  private void alarm() {
    alarm = null;
    task.run();
  }

  void close() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }
}
