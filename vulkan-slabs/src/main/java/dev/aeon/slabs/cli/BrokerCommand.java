package dev.aeon.slabs.cli;

import static java.util.Objects.requireNonNull;

import dev.aeon.slabs.broker.Broker;
import dev.aeon.slabs.broker.BrokerOptions;
import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.standby.StandbyBroker;
import dev.aeon.slabs.telemetry.MetricsEndpoint;
import dev.aeon.slabs.transport.TransportException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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

  @Option(
      names = "--replicas",
      description = "keep a replica of each worker's ring, for when it dies over it")
  private boolean replicated;

  @Option(
      names = "--standby",
      paramLabel = "FILE",
      description = "serve only while no other broker with this file does: it is in its place then")
  private @Nullable Path office;

  @Spec private @Nullable CommandSpec spec;

  private final CountDownLatch forever = new CountDownLatch(1);

  BrokerCommand() {}

  private BrokerOptions options(SlabDevice device) {
    return replicated ? BrokerOptions.DEFAULT.withReplicas(device) : BrokerOptions.DEFAULT;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    try (SlabDevice device = SlabDevice.open(DevicePreference.HOST)) {
      if (office == null) {
        try (Broker broker = Broker.bind(clientUrl(), workerUrl(), options(device))) {
          serve(broker, out);
        }
      } else {
        out.println("standing by");
        out.flush();
        try (StandbyBroker standby =
            StandbyBroker.await(office, clientUrl(), workerUrl(), options(device))) {
          serve(standby.broker(), out);
        }
      }
      return 0;
    } catch (TransportException | UncheckedIOException refused) {
      requireNonNull(spec).commandLine().getErr().println("psyne: " + refused.getMessage());
      return 1;
    }
  }

  private void serve(Broker broker, PrintWriter out) throws InterruptedException {
    try (MetricsEndpoint endpoint = MetricsEndpoint.open(broker, metricsPort)) {
      out.println("clients " + broker.clientUrl());
      out.println("workers " + broker.workerUrl());
      out.println("metrics " + endpoint.url());
      out.flush();
      forever.await();
    }
  }

  private String clientUrl() {
    return requireNonNull(clients);
  }

  private String workerUrl() {
    return requireNonNull(workers);
  }
}
