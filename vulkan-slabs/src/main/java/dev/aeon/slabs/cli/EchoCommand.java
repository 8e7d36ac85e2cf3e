package dev.aeon.slabs.cli;

import static java.util.Objects.requireNonNull;

import dev.aeon.slabs.rpc.SocketOptions;
import dev.aeon.slabs.rpc.Worker;
import dev.aeon.slabs.transport.TransportException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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

  @Spec private @Nullable CommandSpec spec;

  EchoCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    try (Worker worker =
        Worker.connect(
            requireNonNull(url),
            request -> request.tryReply(request.asSegment()),
            SocketOptions.DEFAULT)) {
      worker.awaitEnd();
      return 0;
    } catch (TransportException refused) {
      requireNonNull(spec).commandLine().getErr().println("psyne: " + refused.getMessage());
      return 1;
    }
  }
}
