package dev.aeon.sp.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * States and what leads from one to another. What is not drawn changes nothing and does nothing.
 *
 * @param edges one for each state and event
 */
record Diagram(String initial, List<Edge> edges) {
  /** {@code label} is the event, and what the machine asks for on it. */
  record Edge(String from, String label, String to) {
    String event() {
      int end = label.indexOf(" / ");
      return end < 0 ? label : label.substring(0, end);
    }

    @Override
    public String toString() {
      return from + " --> " + to + ": " + label;
    }
  }

  private static final Pattern INITIAL = Pattern.compile("\\s*\\[\\*] --> (\\w+)\\s*");
  private static final Pattern EDGE = Pattern.compile("\\s*(\\w+) --> (\\w+): (.+?)\\s*");

  /** Reads the lines of a Mermaid state diagram. */
  static Diagram parse(List<String> lines) {
    String initial = null;
    List<Edge> edges = new ArrayList<>();
    for (String line : lines) {
      Matcher first = INITIAL.matcher(line);
      Matcher edge = EDGE.matcher(line);
      if (first.matches()) {
        initial = first.group(1);
      } else if (edge.matches()) {
        edges.add(new Edge(edge.group(1), edge.group(3), edge.group(2)));
      } else if (!line.isBlank() && !line.trim().startsWith("%%")) {
        throw new IllegalArgumentException("not a line of a state diagram: " + line);
      }
    }
    return new Diagram(initial, edges);
  }

  /** This diagram with the names that its states have in {@code other}, as far as it has them. */
  Diagram namedAs(Diagram other) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put(initial, other.initial);
    for (int known = 0; known < names.size(); known++) {
      String state = List.copyOf(names.keySet()).get(known);
      for (Edge each : edges) {
        String target = each.from.equals(state) ? other.target(names.get(state), each) : null;
        if (target != null) {
          names.putIfAbsent(each.to, target);
        }
      }
    }
    return renamed(state -> names.getOrDefault(state, state));
  }

  private String target(String from, Edge like) {
    return edges.stream()
        .filter(each -> each.from.equals(from) && each.label.equals(like.label))
        .map(Edge::to)
        .findFirst()
        .orElse(null);
  }

  private Diagram renamed(UnaryOperator<String> name) {
    List<Edge> renamed =
        edges.stream()
            .map(each -> new Edge(name.apply(each.from), each.label, name.apply(each.to)))
            .toList();
    return new Diagram(name.apply(initial), renamed);
  }

  @Override
  public String toString() {
    return edges.stream()
        .map(each -> "  " + each)
        .collect(Collectors.joining("\n", "  [*] --> " + initial + "\n", "\n"));
  }
}
