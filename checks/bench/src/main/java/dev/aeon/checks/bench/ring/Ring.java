package dev.aeon.checks.bench.ring;

/** A queue of records between one producing and one consuming thread. */
interface Ring extends AutoCloseable {
  int BYTE_CAPACITY = 1 << 20;

  static Ring open(String system) {
    return switch (system) {
      case "aeon" -> AeonRing.onHost();
      case "aeon-vulkan" -> AeonRing.onVulkan();
      case "agrona" -> new AgronaRing();
      default -> throw new IllegalArgumentException("system is unknown: system=" + system);
    };
  }

  /** Writes a record of {@code byteSize} bytes, its first eight being {@code value}; or not. */
  boolean offer(long value, int byteSize);

  /** Reads up to {@code limit} records into {@link #sum} and returns how many there were. */
  int drain(int limit);

  /** Sum of the values drained. */
  long sum();

  @Override
  void close();
}
