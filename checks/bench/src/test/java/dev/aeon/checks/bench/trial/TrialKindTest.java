package dev.aeon.checks.bench.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.checks.bench.messaging.MessagingSystem;
import dev.aeon.checks.bench.messaging.TransportKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialKindTest {
  private static Map<Figure, Double> run(
      TrialKind kind, MessagingSystem system, TransportKind transport, int pipeCount)
      throws InterruptedException {
    try (Stage stage = new Stage(new Trial(kind, system, transport, 64, pipeCount, 10, 400))) {
      return kind.run(stage);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ROUND_TRIP, AEON, ipc, 2",
    "ROUND_TRIP, AEON_VIRTUAL, tcp, 1",
    "ROUND_TRIP, JEROMQ, tcp, 1",
    "ROUND_TRIP, JDK, ipc, 1",
    "ROUND_TRIP, AERON, shm, 1",
    "ROUND_TRIP, AEON, shm, 1",
    "ROUND_TRIP, AEON, udp, 1",
    "PAIR, AEON, inproc, 1",
    "PIPELINE, AEON, ipc, 2",
    "PIPELINE, JEROMQ, inproc, 2",
    "FAN_OUT, AEON, ipc, 3",
    "IDLE, AEON, tcp, 3",
    "GROWTH, AEON, ipc, 3",
  })
  void trial_ofASystem_countsAndEnds(
      TrialKind kind, MessagingSystem system, TransportKind transport, int pipeCount)
      throws InterruptedException {
    Map<Figure, Double> figures = run(kind, system, transport, pipeCount);

    assertThat(figures).isNotEmpty().doesNotContainValue(Double.NaN);
    if (figures.containsKey(Figure.P50)) {
      assertThat(figures.get(Figure.P50)).isPositive().isLessThanOrEqualTo(figures.get(Figure.P99));
    }
    if (figures.containsKey(Figure.MESSAGES)) {
      assertThat(figures.get(Figure.BYTES)).isEqualTo(64 * figures.get(Figure.MESSAGES));
    }
  }

  @Test
  void trial_whoseBodiesWouldLookLikeItsEnd_isRefused() {
    assertThatThrownBy(
            () -> new Trial(TrialKind.PAIR, MessagingSystem.AEON, TransportKind.ipc, 1, 1, 10, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("byteSize=1");
  }
}
