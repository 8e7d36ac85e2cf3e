package dev.aeon.apm.codec;

import dev.aeon.apm.schema.JsonObject;

/** A line that is well-formed JSON within the limits; nothing is known of its fields yet. */
public final class DecodedMessage {
  private final JsonObject fields;

  DecodedMessage(JsonObject fields) {
    this.fields = fields;
  }

  public JsonObject fields() {
    return fields;
  }
}
