package dev.aeon.apm.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.message.MessageType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every state, every event: the specification's arrows, and no others. */
class LifecycleTest {
  /** State, event and the state after; every pair that is not here changes nothing. */
  private static final List<String> ARROWS =
      List.of(
          "PENDING APPENDED IN_TRANSIT",
          "PENDING CHANNEL_FAILED FAILED",
          "PENDING ACKNOWLEDGED DELIVERED",
          "PENDING PROCESSED PROCESSED",
          "PENDING RESPONDED PROCESSED",
          "PENDING REFUSED FAILED",
          "PENDING EXPIRED FAILED",
          "PENDING ABANDONED FAILED",
          "IN_TRANSIT ACKNOWLEDGED DELIVERED",
          "IN_TRANSIT PROCESSED PROCESSED",
          "IN_TRANSIT RESPONDED PROCESSED",
          "IN_TRANSIT REFUSED_FOR_NOW PENDING",
          "IN_TRANSIT REFUSED FAILED",
          "IN_TRANSIT TIMED_OUT PENDING",
          "IN_TRANSIT EXHAUSTED FAILED",
          "IN_TRANSIT EXPIRED FAILED",
          "IN_TRANSIT ABANDONED FAILED",
          "DELIVERED PROCESSED PROCESSED",
          "DELIVERED RESPONDED PROCESSED",
          "DELIVERED REFUSED FAILED");

  @Test
  void after_everyStateAndEvent_isTheTable() {
    for (MessageState state : MessageState.values()) {
      for (LifecycleEvent event : LifecycleEvent.values()) {
        String prefix = state + " " + event + " ";
        MessageState expected =
            ARROWS.stream()
                .filter(arrow -> arrow.startsWith(prefix))
                .map(arrow -> MessageState.valueOf(arrow.substring(prefix.length())))
                .findFirst()
                .orElse(state);
        assertThat(Lifecycle.after(state, event)).as(prefix).isEqualTo(expected);
      }
    }
  }

  @Test
  void everyState_isReachedFromPending() {
    Set<MessageState> reached = EnumSet.of(MessageState.PENDING);
    for (int round = 0; round < MessageState.values().length; round++) {
      for (MessageState state : EnumSet.copyOf(reached)) {
        for (LifecycleEvent event : LifecycleEvent.values()) {
          reached.add(Lifecycle.after(state, event));
        }
      }
    }
    assertThat(reached).containsExactlyInAnyOrder(MessageState.values());
  }

  @ParameterizedTest
  @EnumSource(LifecycleEvent.class)
  void terminalStates_stayForEver(LifecycleEvent event) {
    for (MessageState state : MessageState.values()) {
      if (Lifecycle.isTerminal(state)) {
        assertThat(Lifecycle.after(state, event)).isEqualTo(state);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TASK_ASSIGNMENT, 127", "TASK_UPDATE, 48", "STATE_SYNC, 33", "ERROR_REPORT, 127",
    "HANDOFF_REQUEST, 186", "CUSTOM, 93", "ACK, 0", "NACK, 0"
  })
  void retryPolicy_timeToFailure_isTheSumOfTheTable(MessageType type, long seconds) {
    assertThat(RetryPolicy.of(type).timeToFailure()).hasSeconds(seconds);
  }

  @Test
  void retryPolicy_backoff_doublesUpToEightSeconds() {
    RetryPolicy policy = RetryPolicy.of(MessageType.TASK_ASSIGNMENT);
    assertThat(List.of(1, 2, 3, 4, 5, 1000))
        .extracting(retry -> policy.backoff(retry).toSeconds())
        .containsExactly(1L, 2L, 4L, 8L, 8L, 8L);
  }
}
