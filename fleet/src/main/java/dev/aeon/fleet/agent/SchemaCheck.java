package dev.aeon.fleet.agent;

import dev.aeon.fleet.control.FleetSchema;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.SchemaDigest;
import dev.aeon.spoke.model.SpokeException;
import java.net.URI;

/** Holds the registry's schema to the one that this agent was built with. */
final class SchemaCheck {
  private SchemaCheck() {}

  /**
   * Pulls the schema and computes its digest.
   *
   * @throws AgentRefusal where the registry has no such schema, or another one
   */
  static SchemaDigest pulledDigest(URI registry) {
    try (SpokeClient client = new SpokeClient(registry)) {
      SchemaDigest pulled =
          client.pull(FleetSchema.MODULE, FleetSchema.VERSION.toString()).content().digest();
      requireSame(FleetSchema.bundled().digest(), pulled);
      return pulled;
    } catch (SpokeException unusable) {
      throw new AgentRefusal(
          "the fleet's schema cannot be had: " + unusable.getMessage() + ".", unusable);
    }
  }

  private static void requireSame(SchemaDigest own, SchemaDigest pulled) {
    if (!own.equals(pulled)) {
      throw new AgentRefusal(
          "the registry's schema is not the one this agent was built with, so it does not join:"
              + " registry="
              + pulled
              + ", own="
              + own
              + ".");
    }
  }
}
