package dev.aeon.spoke.registry;

import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.registry.DependencyGraph.Edge;
import java.util.List;
import java.util.stream.Collectors;

/** Graphs as text for people and for Graphviz. */
public final class GraphText {
  private GraphText() {}

  /** A line for each edge: {@code user -> used}. */
  public static String lines(Dependency root, List<Edge> edges) {
    return edges.isEmpty()
        ? root + "\n"
        : edges.stream()
            .map(edge -> edge.user() + " -> " + edge.used() + "\n")
            .collect(Collectors.joining());
  }

  /** As Graphviz reads it; names hold nothing that it would misread. */
  public static String dot(Dependency root, List<Edge> edges) {
    return edges.stream()
        .map(edge -> "  \"" + edge.user() + "\" -> \"" + edge.used() + "\";\n")
        .collect(Collectors.joining("", "digraph dependencies {\n  \"" + root + "\";\n", "}\n"));
  }
}
