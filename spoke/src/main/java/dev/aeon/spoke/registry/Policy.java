package dev.aeon.spoke.registry;

import dev.aeon.spoke.validate.release.CompatibilityMode;
import dev.aeon.spoke.validate.release.ReleasePolicy;
import java.util.List;

/**
 * What a module demands of each version that is pushed, as it is set and kept.
 *
 * @param lint rules and categories of style; nothing is looked at where empty
 * @param breaking rules and categories of change against earlier releases; nothing where empty
 * @param everyRelease whether all earlier releases count, not the last one alone
 * @param semantic whether a new major version may break what it likes (before 1.0.0, a new minor)
 * @param compatibility the name of one of Confluent's modes, {@code NONE} for no demand
 */
public record Policy(
    List<String> lint,
    List<String> breaking,
    boolean everyRelease,
    boolean semantic,
    String compatibility) {
  /** No demand but that the schema compiles. */
  public static Policy open() {
    return new Policy(List.of(), List.of(), false, true, CompatibilityMode.NONE.name());
  }

  /** The same with another compatibility mode. */
  public Policy withCompatibility(CompatibilityMode mode) {
    return new Policy(lint, breaking, everyRelease, semantic, mode.name());
  }

  /**
   * Which readers must understand which writers.
   *
   * @throws dev.aeon.spoke.model.SpokeException {@code INVALID_REQUEST} where the name is no mode's
   */
  public CompatibilityMode mode() {
    return CompatibilityMode.parse(compatibility);
  }

  ReleasePolicy toReleasePolicy() {
    return new ReleasePolicy(lint, breaking, everyRelease, mode(), semantic, false);
  }
}
