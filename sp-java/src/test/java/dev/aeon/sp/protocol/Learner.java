package dev.aeon.sp.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out a machine's states from the outside: two histories lead to the same state if from there
 * on, for every sequence of events of a certain length, the machine asks for the same. So every
 * event is tried in every state, and each try ends with closing the machine.
 */
final class Learner {
  private static final int MAX_STATE_COUNT = 1000;

  private final Subject subject;
  private final int lookAhead;
  private final Map<String, Integer> indexBySignature = new HashMap<>();
  private final List<List<Event>> accesses = new ArrayList<>();

  Learner(Subject subject, int lookAhead) {
    this.subject = subject;
    this.lookAhead = lookAhead;
  }

  Diagram learn() {
    List<Diagram.Edge> edges = new ArrayList<>();
    String initial = stateAfter(List.of());
    for (int index = 0; index < accesses.size(); index++) {
      for (Event event : subject.events()) {
        addEdge(edges, "S" + index, accesses.get(index), event);
      }
    }
    return new Diagram(initial, edges);
  }

  private void addEdge(List<Diagram.Edge> edges, String from, List<Event> access, Event event) {
    List<Event> history = plus(access, event);
    List<String> said = said(history);
    if (said != null) {
      String to = stateAfter(history);
      if (!to.equals(from) || !said.isEmpty()) {
        edges.add(new Diagram.Edge(from, label(event, said), to));
      }
    }
  }

  private static String label(Event event, List<String> said) {
    return said.isEmpty() ? event.name() : event.name() + " / " + String.join(", ", said);
  }

  private String stateAfter(List<Event> history) {
    StringBuilder signature = new StringBuilder();
    appendFuture(history, lookAhead, signature);
    return "S" + indexBySignature.computeIfAbsent(signature.toString(), _ -> found(history));
  }

  private int found(List<Event> history) {
    accesses.add(history);
    if (accesses.size() > MAX_STATE_COUNT) {
      throw new AssertionError("no end of states: " + subject.name() + " " + history);
    }
    return accesses.size() - 1;
  }

  private void appendFuture(List<Event> history, int depth, StringBuilder signature) {
    for (Event event : subject.events()) {
      List<Event> longer = plus(history, event);
      List<String> said = said(longer);
      signature.append(said).append(';');
      if (said != null && depth > 1) {
        appendFuture(longer, depth - 1, signature);
      }
    }
  }

  /** What the machine asks for on the last event, or null if that cannot happen there. */
  private List<String> said(List<Event> history) {
    Rig rig = subject.rig();
    boolean happens = true;
    for (Event event : history) {
      rig.said();
      happens = event.condition().test(rig);
      if (happens) {
        event.action().accept(rig);
      }
    }
    List<String> said = rig.said();
    rig.close();
    return happens ? said : null;
  }

  private static List<Event> plus(List<Event> history, Event event) {
    List<Event> longer = new ArrayList<>(history);
    longer.add(event);
    return longer;
  }
}
