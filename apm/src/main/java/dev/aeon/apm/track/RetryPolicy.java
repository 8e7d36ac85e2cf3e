package dev.aeon.apm.track;

import dev.aeon.apm.message.MessageType;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How long an answer is waited for, and how often a message is sent again (section 4.3).
 *
 * @param timeout from a send to giving up its answer
 * @param maxRetries how often it is sent again after the first time
 * @param firstBackoff the pause before the first retry; each further one is twice as long
 */
public record RetryPolicy(Duration timeout, int maxRetries, Duration firstBackoff) {
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(8);
  private static final Duration ONE_SECOND = Duration.ofSeconds(1);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException where one is negative
   */
  public RetryPolicy {
    if (timeout.isNegative() || maxRetries < 0 || firstBackoff.isNegative()) {
      throw new IllegalArgumentException(
          "negative: timeout="
              + timeout
              + " maxRetries="
              + maxRetries
              + " firstBackoff="
              + firstBackoff);
    }
  }

  /** The specification's table. */
  public static RetryPolicy of(MessageType type) {
    return Objects.requireNonNull(Table.POLICIES.get(type));
  }

  private static RetryPolicy specified(MessageType type) {
    return switch (type) {
      case TASK_ASSIGNMENT, ERROR_REPORT -> new RetryPolicy(Duration.ofSeconds(30), 3, ONE_SECOND);
      case TASK_UPDATE -> new RetryPolicy(Duration.ofSeconds(15), 2, ONE_SECOND);
      case STATE_SYNC -> new RetryPolicy(Duration.ofSeconds(10), 2, ONE_SECOND);
      case HANDOFF_REQUEST -> new RetryPolicy(Duration.ofSeconds(60), 2, Duration.ofSeconds(2));
      case CUSTOM -> new RetryPolicy(Duration.ofSeconds(30), 2, ONE_SECOND);
      case ACK, NACK -> new RetryPolicy(Duration.ZERO, 0, Duration.ZERO);
    };
  }

  /** Made once: every message under way has one. */
  private static final class Table {
    private static final Map<MessageType, RetryPolicy> POLICIES =
        Arrays.stream(MessageType.values())
            .collect(Collectors.toUnmodifiableMap(type -> type, RetryPolicy::specified));
  }

  /** The pause before retry {@code retry}, which counts from 1: doubling, at most 8 s. */
  public Duration backoff(int retry) {
    Duration pause = firstBackoff;
    for (int doubled = 1; doubled < retry && pause.compareTo(MAX_BACKOFF) < 0; doubled++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(MAX_BACKOFF) < 0 ? pause : MAX_BACKOFF;
  }

  /** From the first send to the end of the last wait, where nothing ever answers. */
  public Duration timeToFailure() {
    Duration total = timeout.multipliedBy(1L + maxRetries);
    for (int retry = 1; retry <= maxRetries; retry++) {
      total = total.plus(backoff(retry));
    }
    return total;
  }
}
