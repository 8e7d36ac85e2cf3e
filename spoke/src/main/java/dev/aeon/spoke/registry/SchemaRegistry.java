package dev.aeon.spoke.registry;

import dev.aeon.spoke.compile.CompileJob;
import dev.aeon.spoke.compile.SchemaCompiler;
import dev.aeon.spoke.model.Blob;
import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.FileEntry;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.Requirement;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionManifest;
import dev.aeon.spoke.protoc.Protoc;
import dev.aeon.spoke.search.SchemaSearch;
import dev.aeon.spoke.store.Artifact;
import dev.aeon.spoke.store.SchemaStore;
import dev.aeon.spoke.store.WorkBoard;
import dev.aeon.spoke.validate.SchemaValidator;
import dev.aeon.spoke.validate.release.ReleasePolicies;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Validates, stores and compiles versions. Thread-safe; calls block on the disk and the compiler.
 */
public final class SchemaRegistry implements AutoCloseable {
  private static final String LATEST = "latest";

  private final SchemaStore store;
  private final InstantSource clock;
  private final Protoc protoc;
  private final SchemaValidator validator;
  private final SchemaCompiler compiler;
  private final DependencyResolver resolver;
  private final ChangeFeed changes;
  private final DependencyGraph graph;
  private final PolicyBoard policies;
  private final SchemaSearch search;
  private final Steps steps;

  /** A registry over a store where every schema that compiles may be published. */
  public SchemaRegistry(SchemaStore store, InstantSource clock) {
    this(store, clock, ReleasePolicies.none());
  }

  /**
   * A registry over a store; the clock stamps new versions, the policies say which may be, beside
   * what each module demands of itself.
   */
  public SchemaRegistry(SchemaStore store, InstantSource clock, ReleasePolicies policies) {
    this(store, clock, policies, Optional.empty(), OpenTelemetry.noop());
  }

  /**
   * The same with its search index in a folder, so that a restart goes on where it was, and with
   * the steps of a push told as spans.
   */
  public SchemaRegistry(
      SchemaStore store,
      InstantSource clock,
      ReleasePolicies policies,
      Path searchFolder,
      OpenTelemetry telemetry) {
    this(store, clock, policies, Optional.of(searchFolder), telemetry);
  }

  private SchemaRegistry(
      SchemaStore store,
      InstantSource clock,
      ReleasePolicies releasePolicies,
      Optional<Path> searchFolder,
      OpenTelemetry telemetry) {
    this.store = store;
    this.steps = new Steps(telemetry);
    this.clock = clock;
    this.protoc = Protoc.open();
    this.validator = new SchemaValidator(protoc);
    this.compiler = new SchemaCompiler(protoc);
    this.resolver = new DependencyResolver(store);
    this.changes = new ChangeFeed(store);
    this.graph = new DependencyGraph(store);
    this.policies = new PolicyBoard(store, releasePolicies);
    this.search =
        searchFolder
            .map(folder -> SchemaSearch.inFolder(store, resolver::latest, folder))
            .orElseGet(() -> SchemaSearch.inMemory(store, resolver::latest));
  }

  /** A version as it is stored, and whether this push stored it. */
  public record Pushed(VersionManifest version, SchemaStore.Outcome outcome) {}

  /**
   * Validates and stores a version.
   *
   * @throws SpokeException {@code INVALID_SCHEMA} with all violations, {@code CONFLICT} where the
   *     version exists with other content
   */
  public Pushed push(
      ModuleName module,
      Version version,
      String description,
      ModuleContent content,
      List<Requirement> declared) {
    Optional<VersionManifest> known = store.manifest(module, version);
    if (known.isPresent() && known.get().digest().equals(content.digest())) {
      return new Pushed(known.get(), SchemaStore.Outcome.UNCHANGED);
    }
    ContentCheck.check(content);
    List<Dependency> dependencies =
        steps.run("resolve imports", () -> resolver.resolve(module, content, declared));
    byte[] descriptors = steps.run("validate", () -> compiled(content, dependencies));
    steps.perform(
        "enforce policies", () -> policies.enforce(module, version, content, descriptors));
    Instant createdAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    ModuleVersion pushed =
        new ModuleVersion(module, version, description, createdAt, content, dependencies);
    SchemaStore.Outcome outcome = steps.run("publish", () -> store.publish(pushed, descriptors));
    changes.signal();
    return outcome == SchemaStore.Outcome.CREATED
        ? new Pushed(pushed.manifest(), outcome)
        : new Pushed(manifest(module, version.toString()), outcome);
  }

  /**
   * What content would compile to if it were pushed now; nothing is stored.
   *
   * @throws SpokeException {@code INVALID_SCHEMA} with all violations
   */
  public byte[] compileOnly(ModuleName module, ModuleContent content, List<Requirement> declared) {
    return compiled(content, resolver.resolve(module, content, declared));
  }

  private byte[] compiled(ModuleContent content, List<Dependency> dependencies) {
    SchemaValidator.Checked checked = validator.check(content, resolver.closure(dependencies));
    if (!checked.violations().isEmpty()) {
      throw new SpokeException(
          SpokeException.Code.INVALID_SCHEMA,
          "the schema does not compile, violations=" + checked.violations().size(),
          checked.violations());
    }
    return checked.descriptors().toByteArray();
  }

  public List<ModuleName> modules() {
    return store.modules();
  }

  /**
   * The versions of a module, oldest first.
   *
   * @throws SpokeException {@code NOT_FOUND} where there is no such module
   */
  public List<Version> versions(ModuleName module) {
    List<Version> versions = store.versions(module);
    if (versions.isEmpty()) {
      throw new SpokeException(SpokeException.Code.NOT_FOUND, "no such module, module=" + module);
    }
    return versions;
  }

  /** The latest release, or the latest pre-release where there is no release. */
  public Version latest(ModuleName module) {
    return resolver
        .latest(module)
        .orElseThrow(() ->
            new SpokeException(SpokeException.Code.NOT_FOUND, "no such module, module=" + module));
  }

  /**
   * What a version is, by its text or by {@code latest}.
   *
   * @throws SpokeException {@code NOT_FOUND} where there is none
   */
  public VersionManifest manifest(ModuleName module, String versionText) {
    Version version = versionOf(module, versionText);
    return store.manifest(module, version).orElseThrow(() -> notFound(module, version));
  }

  /**
   * The bytes of a file of a version.
   *
   * @throws SpokeException {@code NOT_FOUND} where there is no such file
   */
  public byte[] file(VersionManifest version, ProtoPath path) {
    return store.file(version, entry(version, path));
  }

  /**
   * What a file of a version is.
   *
   * @throws SpokeException {@code NOT_FOUND} where there is no such file
   */
  public FileEntry entry(VersionManifest version, ProtoPath path) {
    return version
        .file(path)
        .orElseThrow(() ->
            new SpokeException(
                SpokeException.Code.NOT_FOUND, "no such file in " + version + ", path=" + path));
  }

  /** A file of a version, read as it is wanted. */
  public Blob open(VersionManifest version, FileEntry file) {
    return store.open(version, file);
  }

  /** What {@link #descriptors} gives, read as it is wanted. */
  public Blob openDescriptors(VersionManifest version) {
    return store
        .openDescriptors(version.module(), version.version())
        .orElseThrow(() -> notFound(version.module(), version.version()));
  }

  /** What a version was compiled to when it was pushed: a serialised {@code FileDescriptorSet}. */
  public byte[] descriptors(VersionManifest version) {
    return store
        .descriptors(version.module(), version.version())
        .orElseThrow(() -> notFound(version.module(), version.version()));
  }

  /**
   * A version with all its bytes, by its text or by {@code latest}.
   *
   * @throws SpokeException {@code NOT_FOUND} where there is none
   */
  public ModuleVersion get(ModuleName module, String versionText) {
    Version version = versionOf(module, versionText);
    return store.find(module, version).orElseThrow(() -> notFound(module, version));
  }

  private Version versionOf(ModuleName module, String text) {
    return text.equals(LATEST) ? latest(module) : Version.parse(text);
  }

  private static SpokeException notFound(ModuleName module, Version version) {
    return new SpokeException(
        SpokeException.Code.NOT_FOUND, "no such version, module=" + module + " version=" + version);
  }

  /**
   * The versions that requirements and all that these lead to come to, in order of modules.
   *
   * @throws SpokeException {@code INVALID_SCHEMA} where a requirement cannot be met, or two
   *     versions of one module meet
   */
  public List<VersionManifest> resolve(List<Requirement> requirements) {
    return resolver.resolve(requirements);
  }

  /** What depends on what. */
  public DependencyGraph graph() {
    return graph;
  }

  /** What is demanded of versions. */
  public PolicyBoard policies() {
    return policies;
  }

  /** Full-text search over the latest version of each module. */
  public SchemaSearch search() {
    return search;
  }

  /** Publications as they come. */
  public ChangeFeed changes() {
    return changes;
  }

  /** What those who compile in the background tell each other. */
  public WorkBoard workBoard() {
    return store.workBoard();
  }

  /** Whether what a version compiles to is kept already. */
  public boolean isCompiled(Dependency version, Language language) {
    return store.hasArtifact(version.module(), version.version(), language);
  }

  /** What a version compiles to, compiled once and kept; the caller closes it. */
  public Artifact compile(VersionManifest version, Language language) {
    return store
        .artifact(version.module(), version.version(), language)
        .orElseGet(() -> {
          steps.perform("generate " + language.id(), () -> compileAndKeep(version, language));
          return store.artifact(version.module(), version.version(), language).orElseThrow();
        });
  }

  private void compileAndKeep(VersionManifest manifest, Language language) {
    ModuleVersion version = get(manifest.module(), manifest.version().toString());
    Collection<ModuleVersion> dependencies = resolver.closure(version.dependencies());
    try (SchemaCompiler.Generated generated =
        compiler.generate(CompileJob.of(version, dependencies, language))) {
      store.saveArtifact(version.module(), version.version(), language, generated.files());
    }
  }

  @Override
  public void close() {
    changes.close();
    search.close();
    protoc.close();
    store.close();
  }
}
