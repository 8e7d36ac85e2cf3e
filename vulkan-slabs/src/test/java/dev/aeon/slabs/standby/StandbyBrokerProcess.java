package dev.aeon.slabs.standby;

import dev.aeon.slabs.Await;
import dev.aeon.slabs.ChildJvm;
import dev.aeon.slabs.broker.BrokerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A broker that stands by and says so when it comes into office: {@code OFFICE CLIENTS WORKERS}.
 */
final class StandbyBrokerProcess {
  private StandbyBrokerProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    StandbyBroker.await(Path.of(arguments[0]), arguments[1], arguments[2], BrokerOptions.DEFAULT);
    System.out.println("in office");
    Thread.currentThread().join();
  }

  /** Starts one; whoever starts it kills it. */
  static Process start(String... arguments) throws IOException {
    return ChildJvm.of(StandbyBrokerProcess.class, List.of(), List.of(arguments))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Waits until one of them is in office. */
  static Process firstInOffice(List<Process> brokers) {
    List<Process> serving = new ArrayList<>();
    Await.until(() -> {
      brokers.stream().filter(StandbyBrokerProcess::isInOffice).forEach(serving::add);
      return !serving.isEmpty();
    });
    return serving.getFirst();
  }

  private static boolean isInOffice(Process broker) {
    try {
      BufferedReader said = broker.inputReader();
      return said.ready() && "in office".equals(said.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
