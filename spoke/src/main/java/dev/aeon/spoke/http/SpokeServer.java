package dev.aeon.spoke.http;

import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.registry.SchemaRegistry;
import dev.aeon.spoke.store.FileSystemStore;
import io.helidon.webserver.WebServer;
import java.net.URI;
import java.time.InstantSource;

/** A registry that answers HTTP until it is closed. */
public final class SpokeServer implements AutoCloseable {
  /** The largest request: a module's 16 MiB in base64, with room for names. */
  private static final long MAX_REQUEST_BYTES = 32L << 20;

  private final WebServer server;
  private final SchemaRegistry registry;
  private final URI uri;

  private SpokeServer(WebServer server, SchemaRegistry registry, URI uri) {
    this.server = server;
    this.registry = registry;
    this.uri = uri;
  }

  /**
   * Starts a server, which the caller closes; it answers when this returns.
   *
   * @throws SpokeException {@code INTERNAL} where the storage folder cannot be used, {@code
   *     UNAVAILABLE} where the port is taken
   */
  public static SpokeServer start(SpokeServerConfig config) {
    SchemaRegistry registry =
        new SchemaRegistry(new FileSystemStore(config.storageFolder()), InstantSource.system());
    try {
      WebServer server = build(config, registry);
      server.start();
      if (!server.isRunning()) {
        throw new IllegalStateException("the server did not start");
      }
      URI uri = URI.create("http://" + config.host() + ":" + server.port());
      return new SpokeServer(server, registry, uri);
    } catch (RuntimeException e) {
      registry.close();
      throw new SpokeException(
          SpokeException.Code.UNAVAILABLE,
          "cannot listen, host="
              + config.host()
              + " port="
              + config.port()
              + " cause="
              + e.getMessage(),
          e);
    }
  }

  private static WebServer build(SpokeServerConfig config, SchemaRegistry registry) {
    return WebServer.builder()
        .host(config.host())
        .port(config.port())
        .shutdownHook(false)
        .maxPayloadSize(MAX_REQUEST_BYTES)
        .routing(new SpokeRoutes(registry)::register)
        .build();
  }

  /** Where it answers. */
  public URI uri() {
    return uri;
  }

  @Override
  public void close() {
    server.stop();
    registry.close();
  }
}
