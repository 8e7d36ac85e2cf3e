package dev.aeon.checks.bench.ring;

/**
 * A queue of records between one producing and one consuming thread. A record's payload is {@code
 * byteSize / 8} words, the first of which is its sequence number and each following one greater by
 * one: written in full, read in full and checked.
 */
interface Ring extends Drained {
  /**
   * More than all caches of a processor: records then travel through memory that is fetched ahead,
   * wherever the two processors lie.
   */
  int BYTE_CAPACITY = 1 << 26;

  /** Payloads are of multiples of this. */
  int STRIDE_BYTES = 64;

  /** How long our reader leaves the writer alone where it keeps up: some twenty microseconds. */
  int GATHERING_SPINS = 1_000;

  static Ring open(String system, int byteSize, int batch) {
    return switch (system) {
      case "aeon" -> AeonRing.onHost(byteSize);
      case "aeon-vulkan" -> AeonRing.onVulkan(byteSize);
      case "aeon-processes" -> new AeonProcessesRing(byteSize, batch);
      case "aeon-broadcast" -> new AeonBroadcastRing(byteSize);
      case "aeron" -> new AeronRing(byteSize);
      case "agrona" -> new AgronaRing(byteSize);
      case "jctools" -> new JcToolsRing(byteSize);
      case "disruptor" -> new DisruptorRing(byteSize);
      default -> throw new IllegalArgumentException("system is unknown: system=" + system);
    };
  }

  /** Writes as many as it can of {@code count} records from {@code sequence} on. */
  int offer(long sequence, int count);

  /** Whether another process writes: {@link #offer} is not called then. */
  default boolean isWrittenElsewhere() {
    return false;
  }
}
