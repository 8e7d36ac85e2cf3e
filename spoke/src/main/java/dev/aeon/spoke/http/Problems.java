package dev.aeon.spoke.http;

import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.api.ErrorBody;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Violation;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import java.util.List;
import java.util.Locale;

/** Failures as answers (RFC 9457). */
final class Problems {
  private Problems() {}

  static Answer of(SpokeException e) {
    return answer(statusOf(e.code()), e.code().name(), messageOf(e), e.violations());
  }

  /** What the HTTP library refuses itself: a body that is too large, or is none. */
  static Answer of(HttpException e) {
    String detail = e.getMessage() == null ? e.status().reasonPhrase() : e.getMessage();
    String code =
        e.status().code() == Status.REQUEST_ENTITY_TOO_LARGE_413.code()
            ? "LIMIT_EXCEEDED"
            : "INVALID_REQUEST";
    return answer(e.status(), code, detail, List.of());
  }

  static Answer of(Status status, SpokeException.Code code, String detail) {
    return answer(status, code.name(), detail, List.of());
  }

  private static Answer answer(
      Status status, String code, String detail, List<Violation> violations) {
    String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
    ErrorBody body =
        new ErrorBody(
            "urn:spoke:error:" + words.replace(' ', '-'),
            words,
            status.code(),
            detail,
            code,
            violations);
    return Answer.bytes(status, ErrorBody.MEDIA_TYPE, ApiJson.write(body));
  }

  static String messageOf(SpokeException e) {
    String message = e.getMessage();
    return message == null ? e.code().name() : message;
  }

  static Status statusOf(SpokeException.Code code) {
    return switch (code) {
      case INVALID_REQUEST -> Status.BAD_REQUEST_400;
      case INVALID_SCHEMA -> Status.create(422, "Unprocessable Content");
      case NOT_FOUND -> Status.NOT_FOUND_404;
      case UNAUTHENTICATED -> Status.UNAUTHORIZED_401;
      case FORBIDDEN -> Status.FORBIDDEN_403;
      case TOO_MANY_REQUESTS -> Status.TOO_MANY_REQUESTS_429;
      case CONFLICT -> Status.CONFLICT_409;
      case LIMIT_EXCEEDED -> Status.REQUEST_ENTITY_TOO_LARGE_413;
      case UNAVAILABLE -> Status.SERVICE_UNAVAILABLE_503;
      case DIGEST_MISMATCH, INTERNAL -> Status.INTERNAL_SERVER_ERROR_500;
    };
  }
}
