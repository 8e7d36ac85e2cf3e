package dev.aeon.apm.channel.nats;

import java.time.Duration;

/**
 * How channels over JetStream are kept. All processes that share a stream should agree; the first
 * to connect makes it.
 *
 * @param stream the stream's name, which its subjects begin with too: letters, digits, {@code _}
 *     and {@code -}
 * @param replicas on how many servers each message is kept: 1, 3 or 5
 * @param retention how long messages are kept, handled or not
 * @param duplicateWindow for how long the server recognises a message that is sent again
 * @param ackWait after how long without a word from a receiver its messages come again
 * @param publishTimeout how long an append waits for the server's confirmation
 */
public record NatsOptions(
    String stream,
    int replicas,
    Duration retention,
    Duration duplicateWindow,
    Duration ackWait,
    Duration publishTimeout) {
  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException where one is out of range
   */
  public NatsOptions {
    if (!stream.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException("not a legal stream name: stream=" + stream);
    }
    if (replicas < 1 || replicas > 5) {
      throw new IllegalArgumentException("out of range: replicas=" + replicas);
    }
    requirePositive("retention", retention);
    requirePositive("duplicateWindow", duplicateWindow);
    requirePositive("ackWait", ackWait);
    requirePositive("publishTimeout", publishTimeout);
  }

  /** The stream {@code apm} on one server, kept a week; duplicates known for two minutes. */
  public static NatsOptions defaults() {
    return new NatsOptions(
        "apm",
        1,
        Duration.ofDays(7),
        Duration.ofMinutes(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10));
  }

  public NatsOptions withStream(String stream) {
    return new NatsOptions(stream, replicas, retention, duplicateWindow, ackWait, publishTimeout);
  }

  public NatsOptions withReplicas(int replicas) {
    return new NatsOptions(stream, replicas, retention, duplicateWindow, ackWait, publishTimeout);
  }

  public NatsOptions withAckWait(Duration ackWait) {
    return new NatsOptions(stream, replicas, retention, duplicateWindow, ackWait, publishTimeout);
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("not positive: " + name + "=" + duration);
    }
  }
}
