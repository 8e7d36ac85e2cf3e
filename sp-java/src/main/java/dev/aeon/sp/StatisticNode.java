package dev.aeon.sp;

import java.util.List;
import java.util.Optional;

/**
 * A named figure or text, or a scope that holds others.
 *
 * @param name as nng names it
 * @param value the figure or text; empty for a scope
 * @param children what a scope holds, in order
 */
public record StatisticNode(String name, String value, List<StatisticNode> children) {
  static StatisticNode of(String name, Object value) {
    return new StatisticNode(name, String.valueOf(value), List.of());
  }

  static StatisticNode scope(String name, List<StatisticNode> children) {
    return new StatisticNode(name, "", List.copyOf(children));
  }

  /** The first node of that name directly below, or empty. */
  public Optional<StatisticNode> find(String child) {
    return children.stream().filter(each -> each.name.equals(child)).findFirst();
  }

  /** The value as a number; {@link NumberFormatException} if it is none. */
  public long number() {
    return Long.parseLong(value);
  }

  /** The tree as indented lines. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    print(text, "");
    return text.toString();
  }

  private void print(StringBuilder text, String indent) {
    text.append(indent).append(name);
    if (!value.isEmpty()) {
      text.append(": ").append(value);
    }
    text.append('\n');
    children.forEach(each -> each.print(text, indent + "  "));
  }
}
