package dev.aeon.spoke.http;

import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.model.SpokeException;
import io.helidon.http.Status;

/** Failures as clients of Confluent's registry know them. */
final class SubjectErrors {
  static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  static final int NO_SUBJECT = 40401;
  static final int NO_VERSION = 40402;
  static final int NO_SCHEMA = 40403;
  private static final int INVALID_SCHEMA = 42201;
  private static final int INCOMPATIBLE = 409;

  private SubjectErrors() {}

  private record Body(int error_code, String message) {}

  /** A handler whose failures are told in that form. */
  static Endpoint.Handler telling(Endpoint.Handler handler) {
    return call -> {
      try {
        return handler.handle(call);
      } catch (SpokeException e) {
        return of(e);
      }
    };
  }

  static Answer notFound(int code, String message) {
    return answer(Status.NOT_FOUND_404, code, message);
  }

  private static Answer of(SpokeException e) {
    Status status = Problems.statusOf(e.code());
    return switch (e.code()) {
      case INVALID_SCHEMA ->
          isIncompatible(e)
              ? answer(Status.CONFLICT_409, INCOMPATIBLE, messageOf(e))
              : answer(status, INVALID_SCHEMA, messageOf(e));
      case NOT_FOUND -> notFound(NO_SUBJECT, messageOf(e));
      case INVALID_REQUEST, LIMIT_EXCEEDED ->
          answer(Status.create(422, "Unprocessable Content"), INVALID_SCHEMA, messageOf(e));
      default -> answer(status, status.code(), messageOf(e));
    };
  }

  private static boolean isIncompatible(SpokeException e) {
    return !e.violations().isEmpty()
        && e.violations().stream().noneMatch(violation -> violation.rule().equals("COMPILE"));
  }

  private static String messageOf(SpokeException e) {
    return e.violations().isEmpty()
        ? Problems.messageOf(e)
        : Problems.messageOf(e) + ": " + e.violations().getFirst();
  }

  private static Answer answer(Status status, int code, String message) {
    return Answer.bytes(status, MEDIA_TYPE, ApiJson.write(new Body(code, message)));
  }
}
