package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Role;
import io.helidon.http.Method;
import java.util.List;

/**
 * A request that the server answers. The same list of endpoints routes requests and makes the
 * OpenAPI document.
 *
 * @param role what the caller must be allowed
 * @param summary one line for people
 * @param queries names of query parameters
 * @param requestType of the JSON body; {@code Void} where there is none
 * @param answerType of the JSON answer; {@code byte[]} where it is no JSON
 */
record Endpoint(
    Method method,
    PathTemplate path,
    Role role,
    String summary,
    List<String> queries,
    Class<?> requestType,
    Class<?> answerType,
    Handler handler) {

  /** Answers a call; runs on the request's own virtual thread and may block. */
  @FunctionalInterface
  interface Handler {
    Answer handle(Call call);
  }

  static Endpoint get(String path, String summary, Class<?> answerType, Handler handler) {
    return of(Method.GET, path, Role.READ, summary, Void.class, answerType, handler);
  }

  static Endpoint post(
      String path,
      Role role,
      String summary,
      Class<?> requestType,
      Class<?> answerType,
      Handler handler) {
    return of(Method.POST, path, role, summary, requestType, answerType, handler);
  }

  static Endpoint of(
      Method method,
      String path,
      Role role,
      String summary,
      Class<?> requestType,
      Class<?> answerType,
      Handler handler) {
    return new Endpoint(
        method, new PathTemplate(path), role, summary, List.of(), requestType, answerType, handler);
  }

  Endpoint withQueries(String... names) {
    return new Endpoint(
        method, path, role, summary, List.of(names), requestType, answerType, handler);
  }
}
