package dev.aeon.spoke.validate.breaking;

import dev.aeon.spoke.validate.image.MethodElement;
import dev.aeon.spoke.validate.image.Place;
import org.jspecify.annotations.Nullable;

/** The rules on remote procedures that both images have. */
final class ServiceChecks {
  private ServiceChecks() {}

  static void sameClientStreaming(MethodElement current, MethodElement previous, Report report) {
    boolean before = previous.proto().getClientStreaming();
    boolean now = current.proto().getClientStreaming();
    if (before != now) {
      String change = "from client " + streaming(before) + " to client " + streaming(now);
      report(current, change, current.place(), previous.place(), report);
    }
  }

  static void sameServerStreaming(MethodElement current, MethodElement previous, Report report) {
    boolean before = previous.proto().getServerStreaming();
    boolean now = current.proto().getServerStreaming();
    if (before != now) {
      String change = "from server " + streaming(before) + " to server " + streaming(now);
      report(current, change, current.place(), previous.place(), report);
    }
  }

  private static String streaming(boolean isStreaming) {
    return isStreaming ? "streaming" : "unary";
  }

  static void sameIdempotency(MethodElement current, MethodElement previous, Report report) {
    var before = previous.proto().getOptions().getIdempotencyLevel();
    var now = current.proto().getOptions().getIdempotencyLevel();
    if (before != now) {
      String change = "option \"idempotency_level\" from \"%s\" to \"%s\"".formatted(before, now);
      report(current, change, current.idempotencyPlace(), previous.idempotencyPlace(), report);
    }
  }

  static void sameRequestType(MethodElement current, MethodElement previous, Report report) {
    if (!current.inputType().equals(previous.inputType())) {
      String change =
          "request type from \"%s\" to \"%s\"".formatted(previous.inputType(), current.inputType());
      report(current, change, current.inputTypePlace(), previous.inputTypePlace(), report);
    }
  }

  static void sameResponseType(MethodElement current, MethodElement previous, Report report) {
    if (!current.outputType().equals(previous.outputType())) {
      String change =
          "response type from \"%s\" to \"%s\""
              .formatted(previous.outputType(), current.outputType());
      report(current, change, current.outputTypePlace(), previous.outputTypePlace(), report);
    }
  }

  private static void report(
      MethodElement method,
      String change,
      @Nullable Place place,
      @Nullable Place before,
      Report report) {
    String message =
        "RPC \"%s\" on service \"%s\" changed %s."
            .formatted(method.name(), method.service().name(), change);
    report.add(place, method.file(), before, message);
  }
}
