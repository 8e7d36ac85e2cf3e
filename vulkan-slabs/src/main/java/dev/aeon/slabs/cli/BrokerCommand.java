package dev.aeon.slabs.cli;

import static java.util.Objects.requireNonNull;

import dev.aeon.slabs.broker.Broker;
import dev.aeon.slabs.broker.BrokerOptions;
import dev.aeon.slabs.telemetry.MetricsEndpoint;
import dev.aeon.slabs.transport.TransportException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code psyne broker}: runs a broker until it is killed. */
@Command(
    name = "broker",
    mixinStandardHelpOptions = true,
    description = "Runs a broker until it is stopped.")
final class BrokerCommand implements Callable<Integer> {
  @Option(
      names = "--clients",
      required = true,
      description = "where clients connect, such as shm:///run/psyne.sock or tcp://127.0.0.1:7000")
  private @Nullable String clients;

  @Option(names = "--workers", required = true, description = "where workers connect")
  private @Nullable String workers;

  @Option(
      names = "--metrics",
      defaultValue = "0",
      description = "port of the page for Prometheus and 'psyne top'; the system chooses one")
  private int metricsPort;

  @Spec private @Nullable CommandSpec spec;

  private final CountDownLatch forever = new CountDownLatch(1);

  BrokerCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    try (Broker broker =
            Broker.bind(requireNonNull(clients), requireNonNull(workers), BrokerOptions.DEFAULT);
        MetricsEndpoint endpoint = MetricsEndpoint.open(broker, metricsPort)) {
      out.println("clients " + broker.clientUrl());
      out.println("workers " + broker.workerUrl());
      out.println("metrics " + endpoint.url());
      out.flush();
      forever.await();
      return 0;
    } catch (TransportException refused) {
      spec.commandLine().getErr().println("psyne: " + refused.getMessage());
      return 1;
    }
  }
}
