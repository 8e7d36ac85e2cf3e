package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.store.option.StoreOption;
import dev.aeon.spoke.usage.HelpOptions;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The {@code spoke-server} command: serves a registry until it is ended. */
@Command(
    name = "spoke-server",
    version = "spoke-server 0.1.0",
    description = "Serves a Protobuf schema registry over HTTP.",
    subcommands = TokenCommand.class)
public final class SpokeServerCommand implements Callable<Integer> {
  /** Of libraries that tell of themselves; kept so that their levels are not lost. */
  private static final List<Logger> LIBRARIES =
      Stream.of("io.helidon", "org.flywaydb", "com.zaxxer.hikari").map(Logger::getLogger).toList();

  /** Of what fails at the start, which we tell ourselves, in one line. */
  private static final Logger STARTING = Logger.getLogger("io.helidon.webserver.LoomServer");

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

  @Mixin private StoreOption store = new StoreOption();

  @Option(
      names = {"-anonymous", "--anonymous"},
      paramLabel = "ROLE",
      description =
          "what those may do who bring no token: none, read, push or admin (default: admin on"
              + " loopback without tokens, else none)")
  private @Nullable String anonymous;

  @Option(
      names = {"-rate-limit", "--rate-limit"},
      paramLabel = "REQUESTS",
      defaultValue = "0",
      description = "requests a second of each caller, 0 for any number")
  private double requestsPerSecond;

  @Option(
      names = {"-tls-cert", "--tls-cert"},
      description = "certificate chain in PEM, to serve HTTPS")
  private @Nullable Path certificates;

  @Option(
      names = {"-tls-key", "--tls-key"},
      description = "its private key in PEM, PKCS #8")
  private @Nullable Path privateKey;

  @Option(
      names = {"-feed", "--feed"},
      paramLabel = "URL",
      description = "publish changes by SP at an address such as tcp://127.0.0.1:9090")
  private @Nullable String feed;

  @Option(
      names = {"-grpc-port", "--grpc-port"},
      paramLabel = "PORT",
      description = "answer gRPC server reflection for every version at this port, 0 for any")
  private @Nullable Integer grpcPort;

  @Option(
      names = {"-otel", "--otel"},
      description = "tell traces by OpenTelemetry, set up by its OTEL_... variables")
  private boolean tellsTraces;

  /** For the command line to fill. */
  public SpokeServerCommand() {}

  /** Runs the command. */
  public static void main(String[] arguments) {
    quietLibraries();
    System.exit(newCommandLine().execute(arguments));
  }

  /** Libraries warn, and leave to the command what it tells itself. */
  static void quietLibraries() {
    LIBRARIES.forEach(library -> library.setLevel(Level.WARNING));
    STARTING.setLevel(Level.OFF);
  }

  static CommandLine newCommandLine() {
    CommandLine line = new CommandLine(new SpokeServerCommand());
    HelpOptions.addVersionTo(line);
    HelpOptions.addHelpTo(line);
    return line.setPosixClusteredShortOptionsAllowed(false)
        .setExecutionExceptionHandler((e, commandLine, result) -> {
          commandLine.getErr().println("spoke-server: " + e.getMessage());
          return commandLine.getCommandSpec().exitCodeOnExecutionException();
        });
  }

  @Override
  public Integer call() throws InterruptedException {
    checkPort(port);
    checkPort(Objects.requireNonNullElse(grpcPort, 0));
    Optional<OpenTelemetrySdk> telemetry =
        tellsTraces ? Optional.of(Telemetry.start(Map.of())) : Optional.empty();
    SpokeServerConfig config = config();
    SpokeServer server = SpokeServer.start(telemetry.map(config::withTelemetry).orElse(config));
    Thread closing =
        new Thread(
            () -> {
              server.close();
              telemetry.ifPresent(OpenTelemetrySdk::close);
            },
            "spoke-close");
    Runtime.getRuntime().addShutdownHook(closing);
    server
        .grpcPort()
        .ifPresent(chosen -> System.out.println("spoke-server: gRPC reflection on port " + chosen));
    server
        .feed()
        .ifPresent(url -> System.out.println("spoke-server: publishing changes at " + url));
    System.out.println("spoke-server: serving " + store + " at " + server.uri());
    new CountDownLatch(1).await();
    return 0;
  }

  private static void checkPort(int asked) {
    if (asked < 0 || asked > 65_535) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "a port is 0 to 65535, port=" + asked);
    }
  }

  private SpokeServerConfig config() {
    SpokeServerConfig config =
        new SpokeServerConfig(host, port, store.folder())
            .withStore(store::open)
            .withRequestsPerSecond(requestsPerSecond);
    if (certificates != null && privateKey != null) {
      config = config.withTls(new SpokeServerConfig.TlsFiles(certificates, privateKey));
    } else if (certificates != null || privateKey != null) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "-tls-cert and -tls-key go together");
    }
    if (grpcPort != null) {
      config = config.withGrpcPort(grpcPort);
    }
    return withFeed(config.withAnonymousRole(anonymousRole(config)));
  }

  /** A feed asks nobody for a token, so it tells only what everybody may read. */
  private SpokeServerConfig withFeed(SpokeServerConfig config) {
    if (feed == null) {
      return config;
    }
    if (config.anonymousRole() == Role.NONE) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "a feed asks nobody for a token: -feed needs -anonymous read");
    }
    return config.withFeed(feed);
  }

  /** Nobody opens a registry to a network without having said so. */
  private Role anonymousRole(SpokeServerConfig config) {
    if (anonymous != null) {
      return Role.parse(anonymous);
    }
    if (Files.exists(config.tokenFile())) {
      return Role.NONE;
    }
    if (!config.isLoopback()) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "this address can be reached from elsewhere: create a token by 'spoke-server token"
              + " create', or say by -anonymous what everybody may do, host="
              + host);
    }
    return Role.ADMIN;
  }
}
