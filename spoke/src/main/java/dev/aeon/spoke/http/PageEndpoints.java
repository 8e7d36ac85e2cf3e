package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.model.SpokeException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import java.util.List;
import java.util.Optional;

/** The pages for people. They fetch what they show, with the token of whoever looks. */
final class PageEndpoints {
  private static final String START = "/ui/";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private PageEndpoints() {}

  static List<Endpoint> all() {
    return List.of(
        open("/", "Leads to the pages", _ -> redirect()),
        page(START, "The registry's pages", "index.html", "text/html"),
        page(START + "app.js", "The pages' script", "app.js", "text/javascript"),
        page(START + "style.css", "The pages' style", "style.css", "text/css"));
  }

  private static Answer redirect() {
    return Answer.bytes(Status.SEE_OTHER_303, "text/plain; charset=utf-8", new byte[0])
        .withHeader(HeaderNames.LOCATION.defaultCase(), START);
  }

  private static Endpoint page(String path, String summary, String name, String mediaType) {
    Optional<Answer> kept =
        Resources.find("ui/" + name)
            .map(bytes -> Answer.bytes(mediaType + "; charset=utf-8", bytes))
            .map(answer -> answer.withHeader("Content-Security-Policy", POLICY));
    return open(path, summary, _ -> kept.orElseThrow(PageEndpoints::isMissing));
  }

  private static SpokeException isMissing() {
    return new SpokeException(
        SpokeException.Code.NOT_FOUND, "this server was built without npm, so it has no pages");
  }

  private static Endpoint open(String path, String summary, Endpoint.Handler handler) {
    return Endpoint.of(Method.GET, path, Role.NONE, summary, Void.class, byte[].class, handler);
  }
}
