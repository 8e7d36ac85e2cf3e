package dev.aeon.spoke.http;

import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.api.CompileInfo;
import dev.aeon.spoke.api.ErrorBody;
import dev.aeon.spoke.api.ModuleInfo;
import dev.aeon.spoke.api.ModuleList;
import dev.aeon.spoke.api.PushRequest;
import dev.aeon.spoke.api.VersionInfo;
import dev.aeon.spoke.compile.Archive;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.registry.SchemaRegistry;
import dev.aeon.spoke.store.SchemaStore.Outcome;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The paths of the HTTP contract (docs/spoke.md), each over one call of the registry. */
final class SpokeRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(SpokeRoutes.class);
  private static final String VERSION = "/modules/{name}/versions/{version}";
  private static final String JSON = "application/json";

  private final SchemaRegistry registry;

  SpokeRoutes(SchemaRegistry registry) {
    this.registry = registry;
  }

  void register(HttpRouting.Builder routing) {
    routing
        .get("/health", (request, response) -> sendText(response, "ok\n"))
        .post("/modules", this::push)
        .get("/modules", this::modules)
        .get("/modules/{name}", this::module)
        .get("/modules/{name}/versions", this::module)
        .get(VERSION, this::version)
        .get(VERSION + "/files/{+path}", this::file)
        .post(VERSION + "/compile/{language}", this::compile)
        .get(VERSION + "/download/{language}", this::download)
        .error(SpokeException.class, (request, response, e) -> sendError(response, e))
        .error(HttpException.class, (request, response, e) -> sendHttpError(response, e))
        .error(RuntimeException.class, (request, response, e) -> sendUnexpected(response, e));
  }

  private void push(ServerRequest request, ServerResponse response) {
    byte[] body = request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
    PushRequest push = ApiJson.read(body, PushRequest.class, SpokeException.Code.INVALID_REQUEST);
    SchemaRegistry.Pushed pushed =
        registry.push(
            push.checkedModule(),
            push.checkedVersion(),
            push.checkedDescription(),
            push.checkedContent(),
            push.checkedDependencies());
    Status status = pushed.outcome() == Outcome.CREATED ? Status.CREATED_201 : Status.OK_200;
    sendJson(response, status, VersionInfo.of(pushed.version()));
  }

  private void modules(ServerRequest request, ServerResponse response) {
    List<String> names = registry.modules().stream().map(ModuleName::value).toList();
    sendJson(response, Status.OK_200, new ModuleList(names));
  }

  private void module(ServerRequest request, ServerResponse response) {
    ModuleName module = moduleOf(request);
    List<String> versions = registry.versions(module).stream().map(Version::toString).toList();
    String latest = registry.latest(module).toString();
    sendJson(response, Status.OK_200, new ModuleInfo(module.value(), latest, versions));
  }

  private void version(ServerRequest request, ServerResponse response) {
    sendJson(response, Status.OK_200, VersionInfo.of(versionOf(request)));
  }

  private void file(ServerRequest request, ServerResponse response) {
    ProtoPath path = new ProtoPath(parameter(request, "path"));
    ModuleVersion version = versionOf(request);
    byte[] bytes = version.content().files().get(path);
    if (bytes == null) {
      throw new SpokeException(
          SpokeException.Code.NOT_FOUND, "no such file in " + version + ", path=" + path);
    }
    response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8").send(bytes);
  }

  private void compile(ServerRequest request, ServerResponse response) {
    Language language = Language.parse(parameter(request, "language"));
    ModuleVersion version = versionOf(request);
    List<String> files = List.copyOf(registry.compile(version, language).keySet());
    sendJson(
        response,
        Status.OK_200,
        new CompileInfo(
            version.module().value(), version.version().toString(), language.id(), files));
  }

  private void download(ServerRequest request, ServerResponse response) {
    Language language = Language.parse(parameter(request, "language"));
    ModuleVersion version = versionOf(request);
    String name = version.module() + "-" + version.version() + "-" + language.id() + ".tar.gz";
    response
        .header(HeaderNames.CONTENT_TYPE, "application/gzip")
        .header(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .send(Archive.tarGz(registry.compile(version, language)));
  }

  private ModuleVersion versionOf(ServerRequest request) {
    return registry.get(moduleOf(request), parameter(request, "version"));
  }

  private static ModuleName moduleOf(ServerRequest request) {
    return new ModuleName(parameter(request, "name"));
  }

  private static String parameter(ServerRequest request, String name) {
    return request.path().pathParameters().get(name);
  }

  private static void sendText(ServerResponse response, String text) {
    response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8").send(text);
  }

  private static void sendJson(ServerResponse response, Status status, Object body) {
    response.status(status).header(HeaderNames.CONTENT_TYPE, JSON).send(ApiJson.write(body));
  }

  private static void sendError(ServerResponse response, SpokeException e) {
    ErrorBody body = new ErrorBody(e.code().name(), messageOf(e), e.violations());
    sendJson(response, statusOf(e.code()), body);
  }

  /** What the HTTP library refuses itself: an unknown path, a method, a body that is too large. */
  private static void sendHttpError(ServerResponse response, HttpException e) {
    String code = e.status().code() == 404 ? "NOT_FOUND" : "INVALID_REQUEST";
    sendJson(response, e.status(), new ErrorBody(code, e.status().reasonPhrase(), List.of()));
  }

  private static void sendUnexpected(ServerResponse response, RuntimeException e) {
    LOG.error("request failed", e);
    sendError(
        response,
        new SpokeException(SpokeException.Code.INTERNAL, "the request failed; see the server log"));
  }

  private static String messageOf(SpokeException e) {
    String message = e.getMessage();
    return message == null ? e.code().name() : message;
  }

  private static Status statusOf(SpokeException.Code code) {
    return switch (code) {
      case INVALID_REQUEST -> Status.BAD_REQUEST_400;
      case INVALID_SCHEMA -> Status.create(422, "Unprocessable Content");
      case NOT_FOUND -> Status.NOT_FOUND_404;
      case CONFLICT -> Status.CONFLICT_409;
      case LIMIT_EXCEEDED -> Status.REQUEST_ENTITY_TOO_LARGE_413;
      case UNAVAILABLE -> Status.SERVICE_UNAVAILABLE_503;
      case DIGEST_MISMATCH, INTERNAL -> Status.INTERNAL_SERVER_ERROR_500;
    };
  }
}
