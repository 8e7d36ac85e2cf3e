package dev.aeon.spoke.http;

import dev.aeon.spoke.access.AccessControl;
import dev.aeon.spoke.access.AuditLog;
import dev.aeon.spoke.access.RateLimiter;
import dev.aeon.spoke.access.TokenFile;
import dev.aeon.spoke.feed.ChangePublisher;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.reflection.ReflectionServer;
import dev.aeon.spoke.registry.SchemaRegistry;
import dev.aeon.spoke.sprocket.JobBoard;
import dev.aeon.spoke.sprocket.SprocketStatus;
import dev.aeon.spoke.validate.release.ReleasePolicies;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A registry that answers HTTP until it is closed. */
public final class SpokeServer implements AutoCloseable {
  /** What is cut off without an answer; smaller ones that are too large are told so. */
  private static final long MAX_REQUEST_BYTES = 128L << 20;

  private static final long MAX_CACHE_BYTES =
      Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 8);

  /** For requests that are being answered when the server is closed. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** For large requests, while others have the memory. */
  private static final Duration MEMORY_PATIENCE = Duration.ofSeconds(30);

  /** For connections, which after that are idle. */
  private static final Duration STOP = Duration.ofMillis(20);

  private final SchemaRegistry registry;
  private final AuditLog audit;
  private final RequestMetrics metrics;
  private final JobBoard board;
  private final AccessControl access;
  private final RateLimiter limiter;
  private final WebServer server;
  private final URI uri;
  private final InFlight inFlight = new InFlight();
  private final MemoryBudget memory =
      new MemoryBudget(Runtime.getRuntime().maxMemory() / 2, MEMORY_PATIENCE);
  private Optional<ChangePublisher> publisher = Optional.empty();
  private Optional<ReflectionServer> reflection = Optional.empty();

  private SpokeServer(SpokeServerConfig config) {
    this.registry =
        new SchemaRegistry(
            config.store().get(),
            InstantSource.system(),
            ReleasePolicies.of(config.policyFile()),
            config.searchFolder(),
            config.beside().telemetry());
    this.audit = AuditLog.open(config.auditFile(), InstantSource.system());
    this.metrics =
        new RequestMetrics(
            () -> registry.modules().size(), () -> registry.changes().lastSequence());
    this.board = new JobBoard(registry.workBoard());
    this.access =
        new AccessControl(
            new TokenFile(config.tokenFile()), config.anonymousRole(), InstantSource.system());
    this.limiter = new RateLimiter(config.requestsPerSecond(), System::nanoTime);
    this.server = build(config);
    server.start();
    Thread.ofVirtual().name("spoke-search").start(registry.search()::update);
    String scheme = config.tls().isPresent() ? "https" : "http";
    this.uri = URI.create(scheme + "://" + config.host() + ":" + server.port());
  }

  /**
   * Starts a server, which the caller closes; it answers when this returns.
   *
   * @throws SpokeException {@code INTERNAL} where the storage folder cannot be used, {@code
   *     UNAVAILABLE} where the port is taken
   */
  public static SpokeServer start(SpokeServerConfig config) {
    SpokeServer server = new SpokeServer(config);
    if (!server.server.isRunning()) {
      server.close();
      throw new SpokeException(
          SpokeException.Code.UNAVAILABLE,
          "cannot listen, host=" + config.host() + " port=" + config.port());
    }
    try {
      server.speakBeside(config);
      return server;
    } catch (SpokeException e) {
      server.close();
      throw e;
    }
  }

  private WebServer build(SpokeServerConfig config) {
    Router router =
        new Router(
            DocumentEndpoints.describing(endpoints()),
            new Gate(access, limiter, audit, memory),
            new AnswerCache(MAX_CACHE_BYTES),
            metrics,
            new RequestSpans(config.beside().telemetry()));
    WebServerConfig.Builder builder =
        WebServer.builder()
            .host(config.host())
            .port(config.port())
            .shutdownHook(false)
            .shutdownGracePeriod(STOP)
            .maxPayloadSize(MAX_REQUEST_BYTES)
            .routing(routing ->
                routing.any(
                    (request, response) -> inFlight.run(() -> router.handle(request, response))));
    config
        .tls()
        .ifPresent(
            files -> builder.tls(Tls.builder().sslContext(PemFiles.sslContext(files)).build()));
    return builder.build();
  }

  private void speakBeside(SpokeServerConfig config) {
    publisher = config.beside().feed().map(url -> ChangePublisher.start(registry.changes(), url));
    if (config.beside().grpcPort().isPresent()) {
      int port = config.beside().grpcPort().getAsInt();
      reflection =
          Optional.of(
              ReflectionServer.start(
                  registry,
                  access,
                  limiter,
                  new InetSocketAddress(config.host(), port),
                  config.tls().map(SpokeServer::encryption)));
    }
  }

  private static ReflectionServer.Encryption encryption(SpokeServerConfig.TlsFiles files) {
    return new ReflectionServer.Encryption(files.certificates(), files.privateKey());
  }

  private List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.addAll(new VersionEndpoints(registry, memory).all());
    endpoints.addAll(new ModuleEndpoints(registry).all());
    endpoints.addAll(new ChangeEndpoints(registry.changes()).all());
    endpoints.addAll(new DependencyEndpoints(registry).all());
    endpoints.addAll(new PolicyEndpoints(registry).all());
    endpoints.addAll(new SearchEndpoints(registry.search()).all());
    Subjects subjects = new Subjects(registry);
    endpoints.addAll(new SubjectEndpoints(subjects).all());
    endpoints.addAll(new CompatibilityEndpoints(registry, subjects).all());
    endpoints.addAll(new SprocketEndpoints(new SprocketStatus(registry, board)).all());
    endpoints.addAll(PageEndpoints.all());
    endpoints.addAll(new OperationsEndpoints(this::isReady, metrics::text).all());
    return endpoints;
  }

  /** Not while the store cannot be asked, which then says why. */
  private boolean isReady() {
    return !inFlight.isClosing() && registry.changes().lastSequence() >= 0;
  }

  /** Where it answers. */
  public URI uri() {
    return uri;
  }

  /** Where it publishes changes by SP; empty where it does not. */
  public Optional<String> feed() {
    return publisher.map(ChangePublisher::url);
  }

  /** The port of gRPC's server reflection; empty where there is none. */
  public OptionalInt grpcPort() {
    return reflection.stream().mapToInt(ReflectionServer::port).findFirst();
  }

  /** How many requests are being answered. */
  long requestsUnderWay() {
    return inFlight.count();
  }

  /** Takes no more requests, lets those under way end, and closes the store. */
  @Override
  public void close() {
    registry.changes().close();
    publisher.ifPresent(ChangePublisher::close);
    reflection.ifPresent(ReflectionServer::close);
    inFlight.drain(GRACE);
    server.stop();
    registry.close();
    audit.close();
    metrics.close();
  }
}
