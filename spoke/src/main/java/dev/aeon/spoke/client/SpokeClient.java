package dev.aeon.spoke.client;

import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.api.CompileInfo;
import dev.aeon.spoke.api.GraphInfo;
import dev.aeon.spoke.api.ImpactInfo;
import dev.aeon.spoke.api.ModuleInfo;
import dev.aeon.spoke.api.ModuleList;
import dev.aeon.spoke.api.PushRequest;
import dev.aeon.spoke.api.SearchResult;
import dev.aeon.spoke.api.SprocketInfo;
import dev.aeon.spoke.api.VersionInfo;
import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.Requirement;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Talks to a registry. Thread-safe; calls block, at most a minute between two pieces of an answer.
 */
public final class SpokeClient implements AutoCloseable {
  private static final Duration REQUEST_LIMIT = Duration.ofMinutes(1);
  private static final Duration COMPILE_LIMIT = Duration.ofMinutes(5);
  private static final int MAX_MODULES = 1_000;
  private static final String LATEST = "latest";

  private final HttpCalls http;

  /**
   * A client of the registry at a URI such as {@code http://localhost:8080}.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where it is no HTTP URI
   */
  public SpokeClient(URI registry) {
    this(registry, Optional.empty());
  }

  /** A client that identifies itself with a token. */
  public SpokeClient(URI registry, Optional<String> token) {
    this(registry, token, Optional.empty());
  }

  /**
   * A client that identifies itself with a token, of a registry with a certificate of its own.
   *
   * @param certificates the PEM file of whom to trust; empty for whom Java trusts
   * @throws SpokeException {@code INVALID_REQUEST} where the file holds no certificates
   */
  public SpokeClient(URI registry, Optional<String> token, Optional<Path> certificates) {
    this.http = new HttpCalls(registry, token, certificates);
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
      List<Requirement> dependencies) {
    byte[] body =
        ApiJson.write(PushRequest.of(module, version, description, content, dependencies));
    return readJson(http.post("/modules", body, REQUEST_LIMIT), VersionInfo.class);
  }

  /**
   * Asks for something that only those who may read get.
   *
   * @throws SpokeException {@code UNAUTHENTICATED} or {@code FORBIDDEN} where the token is not
   *     taken
   */
  public void checkAccess() {
    get("/modules?limit=1");
  }

  /** The names of all modules. */
  public List<String> modules() {
    List<String> names = new ArrayList<>();
    String page = "/modules";
    while (page != null) {
      ModuleList list = readJson(get(page), ModuleList.class);
      names.addAll(list.modules());
      page = list.next() == null ? null : "/modules?after=" + list.next();
    }
    return List.copyOf(names);
  }

  /** The versions of a module. */
  public ModuleInfo module(ModuleName module) {
    return readJson(get("/modules/" + escaped(module)), ModuleInfo.class);
  }

  /**
   * What a version is.
   *
   * @param version a version, or {@code latest}
   */
  public VersionInfo version(ModuleName module, String version) {
    return readJson(get(pathOf(module, version)), VersionInfo.class);
  }

  /**
   * Fetches a version, checked against its digest.
   *
   * @param version a version, or {@code latest}
   * @throws SpokeException {@code NOT_FOUND}; {@code DIGEST_MISMATCH} where what arrived is not
   *     what was stored; {@code UNAVAILABLE}
   */
  public PulledModule pull(ModuleName module, String version) {
    VersionInfo info = version(module, version);
    Map<ProtoPath, byte[]> files = new TreeMap<>();
    for (String name : info.files()) {
      ProtoPath file = new ProtoPath(name);
      files.put(file, get(pathOf(module, info.version()) + "/files/" + file));
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

  /**
   * Fetches what a version compiles to, packed.
   *
   * @param format {@code tar.gz} or {@code zip}
   */
  public byte[] download(ModuleName module, String version, Language language, String format) {
    String path = pathOf(module, version) + "/download/" + language.id() + "?format=" + format;
    return http.get(path, COMPILE_LIMIT);
  }

  /** Has a version compiled, and tells which files that makes. */
  public CompileInfo compile(ModuleName module, String version, Language language) {
    String path = pathOf(module, version) + "/compile/" + language.id();
    return readJson(http.post(path, new byte[0], COMPILE_LIMIT), CompileInfo.class);
  }

  /** A version's {@code FileDescriptorSet}, with source information and all imports. */
  public byte[] descriptors(ModuleName module, String version) {
    return get(pathOf(module, version) + "/descriptors");
  }

  /** What depends on a version, nearest first. */
  public GraphInfo dependents(ModuleName module, String version) {
    return readJson(get(pathOf(module, version) + "/dependents"), GraphInfo.class);
  }

  /** The latest version of each module that depends on some version of one. */
  public ImpactInfo impact(ModuleName module) {
    return readJson(get("/modules/" + escaped(module) + "/impact"), ImpactInfo.class);
  }

  /**
   * Full-text search.
   *
   * @param limit how many to tell of, 1 to 1,000
   */
  public SearchResult search(String query, int limit) {
    String escaped = URLEncoder.encode(query, StandardCharsets.UTF_8);
    return readJson(get("/search?limit=" + limit + "&q=" + escaped), SearchResult.class);
  }

  /** How far the workers are that compile what is published. */
  public SprocketInfo sprocket() {
    return readJson(get("/sprocket"), SprocketInfo.class);
  }

  private static String pathOf(ModuleName module, String version) {
    String checked = version.equals(LATEST) ? LATEST : Version.parse(version).toString();
    return "/modules/" + escaped(module) + "/versions/" + checked.replace("+", "%2B");
  }

  /** A module's name as one segment of a path. */
  private static String escaped(ModuleName module) {
    return module.value().replace("/", "%2F");
  }

  private byte[] get(String path) {
    return http.get(path, REQUEST_LIMIT);
  }

  private static <T> T readJson(byte[] body, Class<T> type) {
    return ApiJson.read(body, type, SpokeException.Code.UNAVAILABLE);
  }

  @Override
  public void close() {
    // Connections are the JDK's, which ends those that are idle.
  }
}
