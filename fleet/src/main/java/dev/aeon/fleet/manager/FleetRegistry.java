package dev.aeon.fleet.manager;

import dev.aeon.fleet.control.FleetSchema;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.http.SpokeServer;
import dev.aeon.spoke.http.SpokeServerConfig;
import dev.aeon.spoke.model.SpokeException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The schema registry of one run, on a port of the loopback address that the system chose. */
final class FleetRegistry implements AutoCloseable {
  private final SpokeServer server;
  private final String digest;

  private FleetRegistry(SpokeServer server, String digest) {
    this.server = server;
    this.digest = digest;
  }

  /**
   * Starts a registry and pushes the fleet's schema.
   *
   * @throws FleetException where it cannot
   */
  static FleetRegistry start(Path storage) {
    try {
      SpokeServer server = SpokeServer.start(SpokeServerConfig.embedded(storage));
      return new FleetRegistry(server, pushed(server));
    } catch (SpokeException failure) {
      throw new FleetException(
          "the schema registry cannot start: " + failure.getMessage() + ".", failure);
    }
  }

  private static String pushed(SpokeServer server) {
    try (SpokeClient client = new SpokeClient(server.uri())) {
      return client
          .push(
              FleetSchema.MODULE,
              FleetSchema.VERSION,
              "What the manager and the agents of a searching fleet say to each other",
              FleetSchema.bundled(),
              List.of())
          .digest();
    } catch (RuntimeException | Error failure) {
      server.close();
      throw failure;
    }
  }

  URI uri() {
    return server.uri();
  }

  /** The digest of the schema that the fleet speaks. */
  String digest() {
    return digest;
  }

  @Override
  public void close() {
    server.close();
  }
}
