package dev.aeon.apm.channel.postgres;

import dev.aeon.apm.channel.Durability;
import java.time.Duration;

/**
 * How channels in a database are kept.
 *
 * @param durability when an append completes; what is not {@link Durability#DURABLE} is committed
 *     without waiting for the server's disk
 * @param retention how long settled messages stay, for looking back and for recognising one that is
 *     appended again
 */
public record PostgresOptions(Durability durability, Duration retention) {
  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException where the retention is negative
   */
  public PostgresOptions {
    if (retention.isNegative()) {
      throw new IllegalArgumentException("negative: retention=" + retention);
    }
  }

  /** Durable, kept for a day. */
  public static PostgresOptions defaults() {
    return new PostgresOptions(Durability.DURABLE, Duration.ofDays(1));
  }
}
