package dev.aeon.checks.bench.trial;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What this process has used until now. */
record UsageReading(long nanoTime, long cpuNanos, long allocatedBytes) {
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  static UsageReading now() {
    return new UsageReading(
        System.nanoTime(), ProcessClock.nanos(), THREADS.getTotalThreadAllocatedBytes());
  }

  Usage since(UsageReading before) {
    return new Usage(
        nanoTime - before.nanoTime,
        cpuNanos - before.cpuNanos,
        allocatedBytes - before.allocatedBytes);
  }
}
