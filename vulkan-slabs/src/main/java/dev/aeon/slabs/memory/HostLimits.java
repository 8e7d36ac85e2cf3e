package dev.aeon.slabs.memory;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this machine, or the container that the JVM runs in, has. */
final class HostLimits {
  private HostLimits() {}

  /** Bytes of memory. */
  static long memoryBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
