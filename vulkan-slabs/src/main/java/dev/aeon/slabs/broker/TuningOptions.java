package dev.aeon.slabs.broker;

import java.time.Duration;

/**
 * When a broker starts and stops workers by itself. It looks how full the workers' rings have been:
 * where one was more than three quarters full for several looks on end it starts a worker, or,
 * where there are as many as may be, replaces the one with the smallest ring by one with a ring of
 * twice the size; where all were nearly empty for long, it lets one go.
 *
 * @param supply starts workers
 * @param minShardCount it lets none go below that
 * @param maxShardCount it starts none beyond that
 * @param ringByteSize the ring of the first workers, a power of two
 * @param maxRingByteSize the largest that a ring may become
 * @param interval between two looks
 */
public record TuningOptions(
    WorkerSupply supply,
    int minShardCount,
    int maxShardCount,
    long ringByteSize,
    long maxRingByteSize,
    Duration interval) {
  /** Starts and stops nothing. */
  public static final TuningOptions NONE =
      new TuningOptions((url, ringByteSize) -> {}, 0, 0, 1 << 20, 1 << 20, Duration.ofMillis(10));

  /**
   * @throws IllegalArgumentException where a lower limit is above the upper one
   */
  public TuningOptions {
    if (minShardCount > maxShardCount || ringByteSize > maxRingByteSize) {
      throw new IllegalArgumentException(
          "limits cross: minShardCount=%d maxShardCount=%d ringByteSize=%d maxRingByteSize=%d"
              .formatted(minShardCount, maxShardCount, ringByteSize, maxRingByteSize));
    }
  }
}
