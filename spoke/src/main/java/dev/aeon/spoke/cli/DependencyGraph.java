package dev.aeon.spoke.cli;

import dev.aeon.spoke.api.GraphInfo;
import dev.aeon.spoke.api.GraphInfo.Edge;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.Dependency;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What versions depend on, and what those depend on, in the forms that people and tools read. */
record DependencyGraph(List<Dependency> roots, Map<Dependency, List<Dependency>> edges) {
  private static final int MAX_VERSIONS = 10_000;

  /** Asks the registry for all that the roots lead to. */
  static DependencyGraph of(List<Dependency> roots, SpokeClient client) {
    Map<Dependency, List<Dependency>> edges = new LinkedHashMap<>();
    Deque<Dependency> open = new ArrayDeque<>(roots);
    while (!open.isEmpty() && edges.size() < MAX_VERSIONS) {
      Dependency next = open.remove();
      if (!edges.containsKey(next)) {
        List<Dependency> direct =
            client.version(next.module(), next.version().toString()).dependencies().stream()
                .map(Dependency::parse)
                .toList();
        edges.put(next, direct);
        open.addAll(direct);
      }
    }
    return new DependencyGraph(roots, edges);
  }

  /** What a registry told of: from each version to what it depends on. */
  static DependencyGraph of(GraphInfo graph) {
    return of(graph, edge -> edge.user(), edge -> edge.used());
  }

  /** The same the other way round: from each version to what depends on it. */
  static DependencyGraph ofUsers(GraphInfo graph) {
    return of(graph, edge -> edge.used(), edge -> edge.user());
  }

  private static DependencyGraph of(
      GraphInfo graph, Function<Edge, String> from, Function<Edge, String> to) {
    Map<Dependency, List<Dependency>> edges = new LinkedHashMap<>();
    for (Edge edge : graph.edges()) {
      edges
          .computeIfAbsent(Dependency.parse(from.apply(edge)), _ -> new ArrayList<>())
          .add(Dependency.parse(to.apply(edge)));
    }
    return new DependencyGraph(List.of(Dependency.parse(graph.root())), edges);
  }

  /** The graph in JSON: for each version what it depends on directly. */
  Map<String, List<String>> toJson() {
    Map<String, List<String>> json = new LinkedHashMap<>();
    edges.forEach(
        (from, to) -> json.put(from.toString(), to.stream().map(Dependency::toString).toList()));
    return json;
  }

  String toDot() {
    return edges.entrySet().stream()
        .map(entry ->
            entry.getValue().stream()
                .map(to -> "  \"" + entry.getKey() + "\" -> \"" + to + "\";\n")
                .collect(Collectors.joining("", "  \"" + entry.getKey() + "\";\n", "")))
        .collect(Collectors.joining("", "digraph dependencies {\n", "}"));
  }

  /** A tree; what was shown before is shown without what is below it. */
  String toText() {
    StringBuilder text = new StringBuilder();
    Set<Dependency> shown = new LinkedHashSet<>();
    roots.forEach(root -> append(text, root, "", shown));
    return text.toString().stripTrailing();
  }

  private void append(
      StringBuilder text, Dependency version, String indent, Set<Dependency> shown) {
    List<Dependency> below = edges.getOrDefault(version, List.of());
    boolean isNew = shown.add(version);
    text.append(indent).append(version).append(isNew || below.isEmpty() ? "\n" : " …\n");
    if (isNew) {
      below.forEach(dependency -> append(text, dependency, indent + "  ", shown));
    }
  }
}
