package dev.aeon.spoke.sprocket;

import dev.aeon.spoke.model.Dependency;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which versions a change leads to, in the order to compile them: what a version depends on before
 * it, and what depends on it after it. Confined to a thread.
 */
final class Cascade {
  private final Function<Dependency, List<Dependency>> dependenciesOf;
  private final Map<Dependency, List<Dependency>> dependencies = new HashMap<>();
  private final Map<Dependency, Set<Dependency>> dependents = new HashMap<>();

  Cascade(Function<Dependency, List<Dependency>> dependenciesOf) {
    this.dependenciesOf = dependenciesOf;
  }

  /** Takes a version up into the graph. */
  void learn(Dependency version) {
    for (Dependency dependency : dependencies(version)) {
      dependents.computeIfAbsent(dependency, _ -> new LinkedHashSet<>()).add(version);
    }
  }

  private List<Dependency> dependencies(Dependency version) {
    return dependencies.computeIfAbsent(version, dependenciesOf);
  }

  /** The versions, all that depends on them, and all that those depend on; each once. */
  Set<Dependency> order(Collection<Dependency> changed) {
    Set<Dependency> reached = new LinkedHashSet<>();
    Deque<Dependency> open = new ArrayDeque<>(changed);
    while (!open.isEmpty()) {
      Dependency next = open.remove();
      if (reached.add(next)) {
        open.addAll(dependents.getOrDefault(next, Set.of()));
      }
    }
    Set<Dependency> ordered = new LinkedHashSet<>();
    reached.forEach(version -> visit(version, ordered));
    return ordered;
  }

  /** Versions are immutable and name what was there before, so there is no cycle. */
  private void visit(Dependency version, Set<Dependency> ordered) {
    if (!ordered.contains(version)) {
      dependencies(version).forEach(dependency -> visit(dependency, ordered));
      ordered.add(version);
    }
  }
}
