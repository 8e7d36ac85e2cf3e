package dev.aeon.apm.cli;

import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Violation;
import java.util.Locale;

/** A violation as {@code -json} prints it. */
final class ViolationJson {
  private ViolationJson() {}

  static JsonObject of(Violation violation) {
    return addTo(JsonObject.empty(), violation);
  }

  /** The fields of {@code place}, then those of the violation. */
  static JsonObject addTo(JsonObject place, Violation violation) {
    return place.toBuilder()
        .put("path", violation.path())
        .put("code", violation.code().name())
        .put("severity", violation.severity().name().toLowerCase(Locale.ROOT))
        .put("recoverable", violation.isRecoverable())
        .put("detail", violation.detail())
        .build();
  }
}
