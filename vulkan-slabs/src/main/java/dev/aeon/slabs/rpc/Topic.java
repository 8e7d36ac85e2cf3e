package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.Routing;

/**
 * What can be published and subscribed to. Both sides name the same schema, or a broker refuses the
 * later of them.
 *
 * @param name any text
 * @param schema what is published, in any words that both sides agree on, such as {@code f32[768]}
 *     or a message's full name and version
 */
public record Topic(String name, String schema) {
  long hash() {
    return Routing.ofText(name);
  }

  long schemaHash() {
    return Routing.ofText(schema);
  }
}
