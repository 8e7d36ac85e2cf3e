package dev.aeon.spoke.registry;

import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.Requirement;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionManifest;
import dev.aeon.spoke.model.Violation;
import dev.aeon.spoke.store.SchemaStore;
import dev.aeon.spoke.validate.Imports;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the versions that imports mean. An import is met by a declared dependency that has the
 * file, by its path or under its module's name; else {@code module/path} means the module's latest
 * release. What was resolved is recorded with the version, so it never changes afterwards.
 */
final class DependencyResolver {
  /** By module, then by version. */
  static final Comparator<Dependency> BY_NAME =
      Comparator.comparing(Dependency::module).thenComparing(Dependency::version);

  private static final int MAX_IMPORTS = 5_000;

  private final SchemaStore store;

  DependencyResolver(SchemaStore store) {
    this.store = store;
  }

  /**
   * The direct dependencies of content that is being pushed as {@code module}.
   *
   * @throws SpokeException {@code INVALID_SCHEMA} naming every import that nothing meets
   */
  List<Dependency> resolve(ModuleName module, ModuleContent content, List<Requirement> declared) {
    Map<ModuleName, ModuleVersion> chosen = new TreeMap<>();
    for (Requirement requirement : declared) {
      refuseSelf(module, requirement);
      chosen.put(requirement.module(), require(choose(requirement)));
    }
    List<Violation> unresolved = new ArrayList<>();
    for (String path : bounded(Imports.ofOthers(content))) {
      Optional<ModuleVersion> found = meet(path, module, chosen);
      found.ifPresentOrElse(
          version -> chosen.put(version.module(), version),
          () -> unresolved.add(new Violation("", 0, 0, "IMPORT", "no module has " + path)));
    }
    refuseCycle(module, chosen.values());
    if (!unresolved.isEmpty()) {
      throw new SpokeException(
          SpokeException.Code.INVALID_SCHEMA, "imports that nothing meets", unresolved);
    }
    return chosen.values().stream()
        .map(version -> new Dependency(version.module(), version.version()))
        .toList();
  }

  private static Set<String> bounded(Set<String> imports) {
    if (imports.size() > MAX_IMPORTS) {
      throw new SpokeException(
          SpokeException.Code.LIMIT_EXCEEDED,
          "too many imports of other modules, count=" + imports.size() + " limit=" + MAX_IMPORTS);
    }
    return imports;
  }

  /** The highest version that will do; an exact one is taken as it is. */
  private Dependency choose(Requirement requirement) {
    return requirement
        .range()
        .highestOf(store.versions(requirement.module()))
        .map(version -> new Dependency(requirement.module(), version))
        .orElseThrow(() ->
            new SpokeException(
                SpokeException.Code.INVALID_SCHEMA,
                "no such version of a dependency, dependency="
                    + requirement
                    + " versions="
                    + store.versions(requirement.module())));
  }

  /**
   * The versions that requirements and all that these lead to come to.
   *
   * @throws SpokeException {@code INVALID_SCHEMA} where a requirement cannot be met, or two
   *     versions of one module meet
   */
  List<VersionManifest> resolve(List<Requirement> requirements) {
    List<Dependency> direct = requirements.stream().map(this::choose).toList();
    return closure(direct).stream()
        .map(ModuleVersion::manifest)
        .sorted(Comparator.comparing(VersionManifest::module))
        .toList();
  }

  private static void refuseSelf(ModuleName module, Requirement requirement) {
    if (requirement.module().equals(module)) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "a module cannot depend on itself, module=" + module);
    }
  }

  /** Another version of the same module further down would meet the one that is being pushed. */
  private void refuseCycle(ModuleName module, Collection<ModuleVersion> chosen) {
    Deque<Step> open = new ArrayDeque<>();
    chosen.forEach(version -> {
      Dependency dependency = version.manifest().asDependency();
      open.add(new Step(dependency, module + " → " + dependency));
    });
    Set<Dependency> known = new HashSet<>();
    while (!open.isEmpty()) {
      Step step = open.remove();
      if (step.dependency.module().equals(module)) {
        throw new SpokeException(
            SpokeException.Code.INVALID_SCHEMA, "modules depend on each other: " + step.way);
      }
      if (known.add(step.dependency)) {
        ModuleName next = step.dependency.module();
        store
            .manifest(next, step.dependency.version())
            .ifPresent(manifest ->
                manifest
                    .dependencies()
                    .forEach(used -> open.add(new Step(used, step.way + " → " + used))));
      }
    }
  }

  private Optional<ModuleVersion> meet(
      String path, ModuleName importer, Map<ModuleName, ModuleVersion> chosen) {
    return chosen.values().stream()
        .filter(version -> has(version, path))
        .findFirst()
        .or(() -> latestNamedBy(path).filter(version -> !version.module().equals(importer)));
  }

  /** Of the modules whose names the path starts with, the one of the longest name. */
  private Optional<ModuleVersion> latestNamedBy(String path) {
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      Optional<ModuleVersion> found = latestNamed(path.substring(0, slash), path);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<ModuleVersion> latestNamed(String name, String path) {
    return ModuleName.ifLegal(name)
        .flatMap(module -> latest(module).flatMap(version -> store.find(module, version)))
        .filter(version -> has(version, path));
  }

  /** The latest release of a module; else its latest pre-release, else its newest commit. */
  Optional<Version> latest(ModuleName module) {
    List<Version> versions = store.versions(module);
    return versions.reversed().stream()
        .filter(Version::isRelease)
        .findFirst()
        .or(() -> versions.reversed().stream().filter(version -> !version.isCommit()).findFirst())
        .or(() -> newest(module, versions));
  }

  /** Of versions whose order says nothing, the one that was published last. */
  private Optional<Version> newest(ModuleName module, List<Version> commits) {
    return commits.stream()
        .flatMap(version -> store.manifest(module, version).stream())
        .max(Comparator.comparing(VersionManifest::createdAt))
        .map(VersionManifest::version);
  }

  private static boolean has(ModuleVersion version, String path) {
    String prefix = version.module().value() + "/";
    return version.content().files().keySet().stream()
        .anyMatch(file -> path.equals(file.value()) || path.equals(prefix + file.value()));
  }

  /**
   * Every version that the given dependencies lead to.
   *
   * @throws SpokeException {@code INVALID_SCHEMA} where two versions of one module meet, naming the
   *     path to each
   */
  Collection<ModuleVersion> closure(List<Dependency> direct) {
    Map<ModuleName, ModuleVersion> found = new LinkedHashMap<>();
    Map<ModuleName, String> ways = new LinkedHashMap<>();
    Deque<Step> open = new ArrayDeque<>();
    direct.forEach(dependency -> open.add(new Step(dependency, dependency.toString())));
    while (!open.isEmpty()) {
      Step step = open.remove();
      ModuleName module = step.dependency.module();
      ModuleVersion known = found.get(module);
      if (known != null) {
        refuseConflict(known, ways.getOrDefault(module, ""), step);
        continue;
      }
      ModuleVersion version = require(step.dependency);
      found.put(module, version);
      ways.put(module, step.way);
      version.dependencies().forEach(next -> open.add(new Step(next, step.way + " → " + next)));
    }
    return found.values();
  }

  private static void refuseConflict(ModuleVersion known, String knownWay, Step step) {
    if (!known.version().equals(step.dependency.version())) {
      throw new SpokeException(
          SpokeException.Code.INVALID_SCHEMA,
          "two versions of one module meet: " + knownWay + " and " + step.way);
    }
  }

  private record Step(Dependency dependency, String way) {}

  private ModuleVersion require(Dependency dependency) {
    return store
        .find(dependency.module(), dependency.version())
        .orElseThrow(() ->
            new SpokeException(
                SpokeException.Code.INVALID_SCHEMA,
                "no such version of a dependency, dependency=" + dependency));
  }
}
