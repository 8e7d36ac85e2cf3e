package dev.aeon.spoke.cli;

import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.SpokeException;
import java.net.URI;
import picocli.CommandLine.Option;

/** Which registry to talk to. */
final class RegistryOption {
  @Option(
      names = {"-registry", "--registry"},
      defaultValue = "${env:SPOKE_REGISTRY:-http://localhost:8080}",
      description = "the registry (default: $SPOKE_REGISTRY, else http://localhost:8080)")
  private String registry = "";

  SpokeClient connect() {
    try {
      return new SpokeClient(URI.create(registry));
    } catch (IllegalArgumentException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "no URI, registry=" + registry, e);
    }
  }
}
