package dev.aeon.spoke.registry;

import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionManifest;
import dev.aeon.spoke.store.SchemaStore;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What versions depend on, and what depends on them. Thread-safe. */
public final class DependencyGraph {
  private static final int MAX_NODES = 10_000;

  private final SchemaStore store;
  private final Map<Dependency, Set<Dependency>> dependents = new LinkedHashMap<>();
  private long sequence;

  DependencyGraph(SchemaStore store) {
    this.store = store;
  }

  /**
   * An edge: a version, and one that it depends on.
   *
   * @param user the version that depends
   * @param used what it depends on
   */
  public record Edge(Dependency user, Dependency used) {}

  /** All edges that a version leads to, nearest first. */
  public List<Edge> dependencies(VersionManifest root) {
    return walk(root.asDependency(), this::direct, Edge::new);
  }

  /** All edges that lead to a version, nearest first: what a change of it may touch. */
  public List<Edge> dependents(VersionManifest root) {
    return walk(root.asDependency(), this::directDependents, (used, user) -> new Edge(user, used));
  }

  /**
   * The latest version of each module that directly or indirectly depends on some version of one.
   */
  public List<Dependency> impact(ModuleName module) {
    Map<ModuleName, Version> latest = new LinkedHashMap<>();
    for (Version version : store.versions(module)) {
      for (Edge edge : walk(new Dependency(module, version), this::directDependents, Edge::new)) {
        Dependency user = edge.used();
        latest.merge(
            user.module(), user.version(), (one, other) -> one.compareTo(other) > 0 ? one : other);
      }
    }
    return latest.entrySet().stream()
        .map(entry -> new Dependency(entry.getKey(), entry.getValue()))
        .toList();
  }

  private interface EdgeMaker {
    Edge edge(Dependency from, Dependency to);
  }

  private static List<Edge> walk(
      Dependency root, Function<Dependency, Collection<Dependency>> next, EdgeMaker maker) {
    Set<Edge> edges = new LinkedHashSet<>();
    Set<Dependency> known = new LinkedHashSet<>(List.of(root));
    Deque<Dependency> open = new ArrayDeque<>(known);
    while (!open.isEmpty() && edges.size() < MAX_NODES) {
      Dependency from = open.remove();
      for (Dependency to : next.apply(from)) {
        edges.add(maker.edge(from, to));
        if (known.add(to)) {
          open.add(to);
        }
      }
    }
    return List.copyOf(edges);
  }

  private List<Dependency> direct(Dependency version) {
    return store
        .manifest(version.module(), version.version())
        .map(VersionManifest::dependencies)
        .orElse(List.of());
  }

  private synchronized List<Dependency> directDependents(Dependency version) {
    refresh();
    return List.copyOf(dependents.getOrDefault(version, Set.of()));
  }

  /** Takes up what was published since; versions never change, so nothing is ever taken back. */
  private void refresh() {
    for (var change : store.changes(sequence, Integer.MAX_VALUE)) {
      Dependency user = new Dependency(change.module(), change.version());
      for (Dependency used : direct(user)) {
        dependents.computeIfAbsent(used, _ -> new TreeSet<>(DependencyResolver.BY_NAME)).add(user);
      }
      sequence = change.sequence();
    }
  }
}
