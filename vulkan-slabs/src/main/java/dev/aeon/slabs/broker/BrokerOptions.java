package dev.aeon.slabs.broker;

import dev.aeon.slabs.transport.ConnectionOptions;
import java.time.Duration;

/**
 * How a broker behaves.
 *
 * @param connection rings that it allocates where it has to, and the limits of what it accepts
 * @param workerTimeout how long a worker may be with one request before it counts as dead, and its
 *     requests go to others
 * @param tuning when the broker starts and stops workers by itself
 */
public record BrokerOptions(
    ConnectionOptions connection, Duration workerTimeout, TuningOptions tuning) {
  /** Ten seconds for a request; no tuning. */
  public static final BrokerOptions DEFAULT =
      new BrokerOptions(ConnectionOptions.DEFAULT, Duration.ofSeconds(10), TuningOptions.NONE);

  public BrokerOptions withWorkerTimeout(Duration limit) {
    return new BrokerOptions(connection, limit, tuning);
  }

  public BrokerOptions withTuning(TuningOptions options) {
    return new BrokerOptions(connection, workerTimeout, options);
  }
}
