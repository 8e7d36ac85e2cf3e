package dev.aeon.checks.bench.trial;

import dev.aeon.checks.bench.messaging.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Connections that were used once, and a thread that waits for the next request. */
final class IdleTrial {
  private final Stage stage;

  IdleTrial(Stage stage) {
    this.stage = stage;
  }

  Map<Figure, Double> run() throws InterruptedException {
    int pipeCount = stage.trial().pipeCount();
    stage.begin(new Answering(stage.listener(), pipeCount));
    List<Endpoint> dialers = new ArrayList<>();
    for (int pipe = 0; pipe < pipeCount; pipe++) {
      dialers.add(stage.dialer());
    }
    dialers.forEach(each -> ask(each, stage.trial().byteSize()));
    stage.warmUpOnce(() -> true);
    Usage usage = stage.measure();
    dialers.forEach(each -> ask(each, Trial.END_BYTE_SIZE));
    stage.joinThreads();
    return Map.of(Figure.IDLE_CPU, usage.cpuPercent());
  }

  private static void ask(Endpoint dialer, int byteSize) {
    dialer.send(byteSize);
    int _ = dialer.receive();
  }
}
