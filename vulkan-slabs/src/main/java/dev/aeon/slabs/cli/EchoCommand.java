package dev.aeon.slabs.cli;

import static java.util.Objects.requireNonNull;

import dev.aeon.slabs.rpc.Request;
import dev.aeon.slabs.rpc.SocketOptions;
import dev.aeon.slabs.rpc.Worker;
import dev.aeon.slabs.standby.SteadyWorker;
import dev.aeon.slabs.transport.TransportException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code psyne echo}: a worker that answers each request by itself. */
@Command(
    name = "echo",
    mixinStandardHelpOptions = true,
    description = "Works for a broker: answers each request by its own bytes.")
final class EchoCommand implements Callable<Integer> {
  @Parameters(paramLabel = "URL", description = "where the broker takes workers in")
  private @Nullable String url;

  @Option(
      names = "--standby",
      paramLabel = "FILE",
      description = "work for the brokers with this file, one after the other")
  private @Nullable Path office;

  @Spec private @Nullable CommandSpec spec;

  EchoCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    try {
      if (office == null) {
        workOnce(requireNonNull(url));
      } else {
        workOn(office, requireNonNull(url));
      }
      return 0;
    } catch (TransportException | UncheckedIOException refused) {
      requireNonNull(spec).commandLine().getErr().println("psyne: " + refused.getMessage());
      return 1;
    }
  }

  private static void workOnce(String url) throws InterruptedException {
    try (Worker worker = Worker.connect(url, EchoCommand::echo, SocketOptions.DEFAULT)) {
      worker.awaitEnd();
    }
  }

  private static void workOn(Path office, String url) throws InterruptedException {
    try (SteadyWorker worker =
        SteadyWorker.start(office, url, EchoCommand::echo, SocketOptions.DEFAULT)) {
      worker.awaitEnd();
    }
  }

  private static boolean echo(Request request) {
    return request.tryReply(request.asSegment());
  }
}
