package dev.aeon.checks.bench.trial;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Memory of this process. In a JVM whose heap was touched as a whole at its start, so that what the
 * resident set grows by is not the heap's.
 */
record Footprint(long heapBytes, long residentBytes) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final File DESCRIPTORS = new File("/proc/self/fd");
  private static final int BYTES_PER_KIBIBYTE = 1024;

  /** After a collection. */
  static Footprint now() {
    System.gc();
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    return new Footprint(heap.getUsed(), resident());
  }

  long bytesSince(Footprint before) {
    return heapBytes - before.heapBytes + residentBytes - before.residentBytes;
  }

  static int descriptorCount() {
    String[] names = DESCRIPTORS.list();
    if (names == null) {
      throw new IllegalStateException("cannot list descriptors: directory=" + DESCRIPTORS);
    }
    return names.length;
  }

  private static long resident() {
    try {
      List<String> lines = Files.readAllLines(STATUS);
      String line =
          lines.stream().filter(each -> each.startsWith(RESIDENT)).findFirst().orElseThrow();
      String kibibytes = line.substring(RESIDENT.length()).replace("kB", "").strip();
      return Long.parseLong(kibibytes) * BYTES_PER_KIBIBYTE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
