package dev.aeon.apm.telemetry;

import dev.aeon.apm.schema.JsonObject;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;

/** Reads a trace context out of a message's metadata. */
enum MetadataGetter implements TextMapGetter<JsonObject> {
  INSTANCE;

  @Override
  public @Nullable String get(@Nullable JsonObject metadata, String key) {
    return metadata == null ? null : metadata.findString(key).orElse(null);
  }
}
