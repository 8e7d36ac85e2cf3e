package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Caller;
import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * A request as handlers see it: checked parameters, and a body where there is one.
 *
 * @param parameters of the path, decoded
 * @param caller who asks
 */
record Call(ServerRequest request, Map<String, String> parameters, Caller caller) {
  /** The largest request: a module's 16 MiB in base64, with room for names. */
  static final int MAX_BODY_BYTES = 32 << 20;

  private static final int MAX_PAGE = 1_000;
  private static final int DEFAULT_PAGE = 100;

  ModuleName module() {
    return new ModuleName(parameter("name"));
  }

  /** A version, or {@code latest}. */
  String version() {
    return parameter("version");
  }

  ProtoPath path() {
    return new ProtoPath(parameter("path"));
  }

  Language language() {
    return Language.parse(parameter("language"));
  }

  String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalStateException("the path has no such parameter, name=" + name);
    }
    return value;
  }

  Optional<String> query(String name) {
    return request.query().contains(name)
        ? Optional.of(request.query().get(name))
        : Optional.empty();
  }

  boolean flag(String name) {
    return query(name).map(value -> value.isEmpty() || value.equals("true")).orElse(false);
  }

  /** How many entries a page may have. */
  int limit() {
    return (int) number("limit", DEFAULT_PAGE, 1, MAX_PAGE);
  }

  /**
   * A number of the query.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where it is none, or out of bounds
   */
  long number(String name, long otherwise, long min, long max) {
    Optional<String> text = query(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (text.get().matches("\\d{1,18}")) {
      long value = Long.parseLong(text.get());
      if (value >= min && value <= max) {
        return value;
      }
    }
    throw new SpokeException(
        SpokeException.Code.INVALID_REQUEST,
        "a number is out of bounds, name=" + name + " min=" + min + " max=" + max);
  }

  /**
   * The JSON of the body, read as it comes. What is too large or no JSON is read to its end before
   * it is refused: a client that is still sending would not see the answer.
   *
   * @throws SpokeException {@code LIMIT_EXCEEDED} where it is larger than 32 MiB
   */
  <T> T json(Class<T> type) {
    if (!request.content().hasEntity()) {
      return ApiJson.read(new byte[0], type, SpokeException.Code.INVALID_REQUEST);
    }
    try (InputStream in = request.content().inputStream()) {
      LimitedInput body = new LimitedInput(in, MAX_BODY_BYTES);
      try {
        return ApiJson.read(body, type, SpokeException.Code.INVALID_REQUEST);
      } finally {
        body.drain();
      }
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "the request's body ended early", e);
    }
  }
}
