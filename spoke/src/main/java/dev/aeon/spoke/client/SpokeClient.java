package dev.aeon.spoke.client;

import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.api.ErrorBody;
import dev.aeon.spoke.api.ModuleInfo;
import dev.aeon.spoke.api.ModuleList;
import dev.aeon.spoke.api.PushRequest;
import dev.aeon.spoke.api.VersionInfo;
import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Talks to a registry. Thread-safe; calls block, at most a minute each request. */
public final class SpokeClient implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(60);
  private static final int MAX_ANSWER_BYTES = 300 << 20;
  private static final int MAX_MODULES = 1_000;

  private final URI registry;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();

  /**
   * A client of the registry at a URI such as {@code http://localhost:8080}.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where it is no HTTP URI
   */
  public SpokeClient(URI registry) {
    String scheme = registry.getScheme();
    if (scheme == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "a registry is an http or https URI, registry=" + registry);
    }
    this.registry = registry;
  }

  /**
   * Publishes a version; pushing the same content again changes nothing.
   *
   * @throws SpokeException {@code INVALID_SCHEMA} with all violations, {@code CONFLICT} where the
   *     version exists with other content, {@code UNAVAILABLE} where the registry does not answer
   */
  public VersionInfo push(
      ModuleName module,
      Version version,
      String description,
      ModuleContent content,
      List<Dependency> dependencies) {
    byte[] body =
        ApiJson.write(PushRequest.of(module, version, description, content, dependencies));
    HttpRequest.Builder request =
        request("/modules")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    return readJson(send(request), VersionInfo.class);
  }

  /** The names of all modules. */
  public List<String> modules() {
    List<String> names = new ArrayList<>();
    String page = "/modules";
    while (page != null) {
      ModuleList list = readJson(send(request(page).GET()), ModuleList.class);
      names.addAll(list.modules());
      page = list.next() == null ? null : "/modules?after=" + list.next();
    }
    return List.copyOf(names);
  }

  /** The versions of a module. */
  public ModuleInfo module(ModuleName module) {
    return readJson(send(request("/modules/" + escaped(module)).GET()), ModuleInfo.class);
  }

  /**
   * Fetches a version, checked against its digest.
   *
   * @param version a version, or {@code latest}
   * @throws SpokeException {@code NOT_FOUND}; {@code DIGEST_MISMATCH} where what arrived is not
   *     what was stored; {@code UNAVAILABLE}
   */
  public PulledModule pull(ModuleName module, String version) {
    String path = "/modules/" + escaped(module) + "/versions/" + version;
    VersionInfo info = readJson(send(request(path).GET()), VersionInfo.class);
    Map<ProtoPath, byte[]> files = new TreeMap<>();
    for (String name : info.files()) {
      ProtoPath file = new ProtoPath(name);
      String exact =
          "/modules/" + escaped(module) + "/versions/" + info.version() + "/files/" + file;
      files.put(file, send(request(exact).GET()));
    }
    ModuleContent content = ModuleContent.of(files);
    if (!content.digest().value().equals(info.digest())) {
      throw new SpokeException(
          SpokeException.Code.DIGEST_MISMATCH,
          "pulled files are not what was stored, module="
              + module
              + " expected="
              + info.digest()
              + " found="
              + content.digest());
    }
    return new PulledModule(
        new ModuleName(info.module()),
        Version.parse(info.version()),
        content,
        info.dependencies().stream().map(Dependency::parse).toList());
  }

  /** Fetches a version and, after it, everything that it depends on, each once. */
  public List<PulledModule> pullRecursively(ModuleName module, String version) {
    List<PulledModule> pulled = new ArrayList<>();
    Set<Dependency> known = new HashSet<>();
    Deque<Dependency> open = new ArrayDeque<>();
    PulledModule first = pull(module, version);
    pulled.add(first);
    known.add(new Dependency(first.module(), first.version()));
    open.addAll(first.dependencies());
    while (!open.isEmpty()) {
      Dependency next = open.remove();
      if (known.add(next)) {
        refuseTooMany(known.size());
        PulledModule dependency = pull(next.module(), next.version().toString());
        pulled.add(dependency);
        open.addAll(dependency.dependencies());
      }
    }
    return List.copyOf(pulled);
  }

  private static void refuseTooMany(int count) {
    if (count > MAX_MODULES) {
      throw new SpokeException(
          SpokeException.Code.LIMIT_EXCEEDED, "too many dependencies, limit=" + MAX_MODULES);
    }
  }

  /** Fetches what a version compiles to, as a gzipped tar. */
  public byte[] download(ModuleName module, String version, Language language) {
    String path =
        "/modules/" + escaped(module) + "/versions/" + version + "/download/" + language.id();
    return send(request(path).GET());
  }

  /** A module's name as one segment of a path. */
  private static String escaped(ModuleName module) {
    return module.value().replace("/", "%2F");
  }

  private HttpRequest.Builder request(String path) {
    String base = registry.toString();
    String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return HttpRequest.newBuilder(URI.create(root + path)).timeout(REQUEST_LIMIT);
  }

  private byte[] send(HttpRequest.Builder request) {
    try {
      HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
      byte[] body = readBounded(response.body());
      if (response.statusCode() / 100 != 2) {
        throw errorOf(response.statusCode(), body);
      }
      return body;
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.UNAVAILABLE,
          "the registry does not answer, registry="
              + registry
              + " cause="
              + e.getClass().getSimpleName(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SpokeException(
          SpokeException.Code.UNAVAILABLE, "interrupted while waiting for the registry", e);
    }
  }

  private byte[] readBounded(InputStream body) throws IOException {
    try (body) {
      byte[] bytes = body.readNBytes(MAX_ANSWER_BYTES);
      if (bytes.length == MAX_ANSWER_BYTES) {
        throw new SpokeException(
            SpokeException.Code.LIMIT_EXCEEDED,
            "the registry's answer is too large, limitBytes=" + MAX_ANSWER_BYTES);
      }
      return bytes;
    }
  }

  private static <T> T readJson(byte[] body, Class<T> type) {
    return ApiJson.read(body, type, SpokeException.Code.UNAVAILABLE);
  }

  private SpokeException errorOf(int status, byte[] body) {
    try {
      ErrorBody error = ApiJson.read(body, ErrorBody.class, SpokeException.Code.UNAVAILABLE);
      return new SpokeException(
          SpokeException.Code.valueOf(error.code()), error.detail(), error.violations());
    } catch (SpokeException | IllegalArgumentException | NullPointerException e) {
      return new SpokeException(
          SpokeException.Code.UNAVAILABLE,
          "this is no Spoke registry, registry=" + registry + " status=" + status,
          e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
