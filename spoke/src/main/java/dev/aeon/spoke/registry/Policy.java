package dev.aeon.spoke.registry;

import java.util.List;

/**
 * What a module demands of each version that is pushed.
 *
 * @param lint rules and categories of style; nothing is looked at where empty
 * @param breaking rules and categories of change against earlier releases; nothing where empty
 * @param everyRelease whether all earlier releases count, not the last one alone
 * @param semantic whether a new major version may break what it likes (before 1.0.0, a new minor)
 * @param compatibility the name of one of Confluent's levels, {@code NONE} for no demand
 */
public record Policy(
    List<String> lint,
    List<String> breaking,
    boolean everyRelease,
    boolean semantic,
    String compatibility) {
  /** No demand but that the schema compiles. */
  public static Policy open() {
    return new Policy(List.of(), List.of(), false, true, CompatibilityLevel.NONE.name());
  }

  /** The same with another compatibility level. */
  public Policy withCompatibility(CompatibilityLevel level) {
    return new Policy(lint, breaking, everyRelease, semantic, level.name());
  }

  CompatibilityLevel level() {
    return CompatibilityLevel.parse(compatibility);
  }
}
