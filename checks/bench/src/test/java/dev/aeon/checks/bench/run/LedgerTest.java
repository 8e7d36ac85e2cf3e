package dev.aeon.checks.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.checks.bench.messaging.TransportKind;
import dev.aeon.checks.bench.report.Measurement;
import dev.aeon.checks.bench.trial.Figure;
import dev.aeon.checks.bench.trial.TrialKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Subject ROUND_TRIP =
      new Subject(TrialKind.ROUND_TRIP, TransportKind.ipc, 64, 1);
  private static final Subject PIPELINE =
      new Subject(TrialKind.PIPELINE, TransportKind.tcp, 1024, 2);

  private final Ledger ledger = new Ledger();

  @Test
  void roundTrips_ofSeveralRounds_areMediansOfThePercentilesOfEach() {
    ledger.add(ROUND_TRIP, "aeon", Map.of(Figure.P50, 5.0, Figure.P99, 20.0));
    ledger.add(ROUND_TRIP, "aeon", Map.of(Figure.P50, 4.0, Figure.P99, 90.0));
    ledger.add(ROUND_TRIP, "aeon", Map.of(Figure.P50, 9.0, Figure.P99, 30.0));

    assertThat(ledger.measurements())
        .containsExactly(
            new Measurement(
                "RoundTrip",
                "aeon",
                "us",
                "lower",
                5,
                4,
                9,
                30,
                3,
                Map.of("transport", "ipc", "byteSize", "64", "pipes", "1")));
  }

  @Test
  void rates_haveTheWorstRoundInPlaceOfAPercentile() {
    ledger.add(PIPELINE, "nng", Map.of(Figure.MESSAGES, 300.0));
    ledger.add(PIPELINE, "nng", Map.of(Figure.MESSAGES, 100.0));

    Measurement rate = ledger.measurements().getFirst();

    assertThat(rate.p99()).isEqualTo(100);
    assertThat(rate.median()).isEqualTo(200);
    assertThat(rate.better()).isEqualTo("higher");
  }

  @Test
  void systems_ofOneSubject_areKeptApart() {
    ledger.add(PIPELINE, "nng", Map.of(Figure.CPU, 1.0));
    ledger.add(PIPELINE, "aeon", Map.of(Figure.CPU, 2.0));

    assertThat(ledger.measurements())
        .extracting(Measurement::system)
        .containsExactly("nng", "aeon");
    assertThat(ledger.measurements())
        .extracting(Measurement::benchmark)
        .containsOnly("Pipeline CPU");
  }
}
