package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Role;
import io.helidon.http.Method;
import java.util.ArrayList;
import java.util.List;

/** The interface's own description: the OpenAPI document, and a page that shows it. */
final class DocumentEndpoints {
  private DocumentEndpoints() {}

  /** The given endpoints and, after them, those that describe them all. */
  static List<Endpoint> describing(List<Endpoint> endpoints) {
    List<Endpoint> all = new ArrayList<>(endpoints);
    Answer page = Answer.bytes("text/html; charset=utf-8", Resources.read("openapi.html"));
    all.add(
        open(
            "/openapi.json",
            "This interface as OpenAPI 3.1",
            _ -> Answer.bytes("application/json", new OpenApi(all).document())));
    all.add(open("/docs", "This interface as a page", _ -> page));
    return List.copyOf(all);
  }

  private static Endpoint open(String path, String summary, Endpoint.Handler handler) {
    return Endpoint.of(Method.GET, path, Role.NONE, summary, Void.class, byte[].class, handler);
  }
}
