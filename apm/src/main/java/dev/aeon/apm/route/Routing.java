package dev.aeon.apm.route;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.schema.Violation;
import java.util.List;

/** What the router decided. */
public sealed interface Routing {
  /** One copy per recipient; none where a broadcast found nobody. */
  record Routed(List<RoutedMessage> copies) implements Routing {}

  /** The receiver cannot be reached: nothing is sent. */
  record Unroutable(AgentIdentity receiver, Violation violation) implements Routing {}
}
