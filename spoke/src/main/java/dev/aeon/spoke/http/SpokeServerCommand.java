package dev.aeon.spoke.http;

import dev.aeon.spoke.model.SpokeException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The {@code spoke-server} command: serves a registry until it is ended. */
@Command(
    name = "spoke-server",
    mixinStandardHelpOptions = true,
    version = "spoke-server 0.1.0",
    description = "Serves a Protobuf schema registry over HTTP.")
public final class SpokeServerCommand implements Callable<Integer> {
  /** Kept so that its level is not lost to the collector. */
  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  @Option(
      names = {"-port", "--port"},
      defaultValue = "8080",
      description = "port to listen on, 0 for any (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = {"-host", "--host"},
      defaultValue = "127.0.0.1",
      description = "address to bind (default: ${DEFAULT-VALUE}, this machine only)")
  private String host = "127.0.0.1";

  @Option(
      names = {"-storage-dir", "--storage-dir"},
      defaultValue = "spoke-storage",
      description = "folder of the store (default: ${DEFAULT-VALUE})")
  private Path storageFolder = Path.of("spoke-storage");

  /** For the command line to fill. */
  public SpokeServerCommand() {}

  /** Runs the command. */
  public static void main(String[] arguments) {
    HELIDON.setLevel(Level.WARNING);
    System.exit(newCommandLine().execute(arguments));
  }

  static CommandLine newCommandLine() {
    return new CommandLine(new SpokeServerCommand())
        .setPosixClusteredShortOptionsAllowed(false)
        .setExecutionExceptionHandler((e, commandLine, result) -> {
          commandLine.getErr().println("spoke-server: " + e.getMessage());
          return commandLine.getCommandSpec().exitCodeOnExecutionException();
        });
  }

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > 65_535) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "a port is 0 to 65535, port=" + port);
    }
    SpokeServer server = SpokeServer.start(new SpokeServerConfig(host, port, storageFolder));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "spoke-close"));
    System.out.println("spoke-server: serving " + storageFolder + " at " + server.uri());
    new CountDownLatch(1).await();
    return 0;
  }
}
