package dev.aeon.slabs.broker;

import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.transport.ConnectionOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a broker behaves.
 *
 * @param connection rings that it allocates where it has to, and the limits of what it accepts
 * @param workerTimeout how long a worker may be with one request before it counts as dead, and its
 *     requests go to others
 * @param tuning when the broker starts and stops workers by itself
 * @param replicas what a replica of each worker's ring comes from; null for none
 */
public record BrokerOptions(
    ConnectionOptions connection,
    Duration workerTimeout,
    TuningOptions tuning,
    @Nullable SlabDevice replicas) {
  /** Ten seconds for a request; no tuning, no replicas. */
  public static final BrokerOptions DEFAULT =
      new BrokerOptions(
          ConnectionOptions.DEFAULT, Duration.ofSeconds(10), TuningOptions.NONE, null);

  /**
   * How long the broker may sleep while workers may hang, and while it is to look at fill levels.
   */
  Duration longestSleep() {
    Duration sleep = shorter(connection.longestSleep(), workerTimeout.dividedBy(4));
    return tuning.maxShardCount() > 0 ? shorter(sleep, tuning.interval()) : sleep;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  public BrokerOptions withConnection(ConnectionOptions options) {
    return new BrokerOptions(options, workerTimeout, tuning, replicas);
  }

  public BrokerOptions withWorkerTimeout(Duration limit) {
    return new BrokerOptions(connection, limit, tuning, replicas);
  }

  public BrokerOptions withTuning(TuningOptions options) {
    return new BrokerOptions(connection, workerTimeout, options, replicas);
  }

  /**
   * Has every request written to a replica of its worker's ring too, which the worker does not see:
   * what it does to its own ring when it dies does not reach those who serve its requests after it.
   * One more copy of each request.
   *
   * @param device what replicas come from; it stays the caller's and outlives the broker
   */
  public BrokerOptions withReplicas(SlabDevice device) {
    return new BrokerOptions(connection, workerTimeout, tuning, device);
  }
}
