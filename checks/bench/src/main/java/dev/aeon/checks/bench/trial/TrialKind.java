package dev.aeon.checks.bench.trial;

import dev.aeon.checks.bench.messaging.Role;
import java.util.Map;

/** A pattern of use. */
public enum TrialKind {
  ROUND_TRIP("RoundTrip", Role.REP, Role.REQ) {
    @Override
    Map<Figure, Double> run(Stage stage) throws InterruptedException {
      return new RoundTripTrial(stage).run();
    }
  },
  PAIR("Pair", Role.PAIR, Role.PAIR) {
    @Override
    Map<Figure, Double> run(Stage stage) throws InterruptedException {
      return new RoundTripTrial(stage).run();
    }
  },
  PIPELINE("Pipeline", Role.PULL, Role.PUSH) {
    @Override
    Map<Figure, Double> run(Stage stage) throws InterruptedException {
      return new PipelineTrial(stage).run();
    }
  },
  FAN_OUT("FanOut", Role.PUB, Role.SUB) {
    @Override
    Map<Figure, Double> run(Stage stage) throws InterruptedException {
      return new FanOutTrial(stage).run();
    }
  },
  /** Connections that nobody uses, beside a thread that waits for them. */
  IDLE("Idle", Role.REP, Role.REQ) {
    @Override
    Map<Figure, Double> run(Stage stage) throws InterruptedException {
      return new IdleTrial(stage).run();
    }
  },
  /** One socket connected to another many times over. */
  GROWTH("Growth", Role.PULL, Role.PUSH) {
    @Override
    Map<Figure, Double> run(Stage stage) throws InterruptedException {
      return new GrowthTrial(stage).run();
    }
  };

  private final String label;
  private final Role listening;
  private final Role dialing;

  TrialKind(String label, Role listening, Role dialing) {
    this.label = label;
    this.listening = listening;
    this.dialing = dialing;
  }

  abstract Map<Figure, Double> run(Stage stage) throws InterruptedException;

  public Role listening() {
    return listening;
  }

  public Role dialing() {
    return dialing;
  }

  /** As in tables. */
  public String label() {
    return label;
  }
}
