package dev.aeon.spoke.validate.release;

import dev.aeon.spoke.validate.config.RuleNames;
import java.util.List;

/**
 * What a module's versions must keep to.
 *
 * @param lint rules and categories of style; empty for none
 * @param breaking rules and categories of change; empty for none
 * @param isAgainstEvery whether changes are judged against every release instead of the last
 * @param compatibility what readers and writers of neighbouring versions must manage
 * @param isMajorFree whether a new major version, or before 1.0.0 a new minor one, may break what
 *     {@code breaking} forbids
 * @param checksNumbers whether only a new major version may break what the last release had
 */
public record ReleasePolicy(
    List<String> lint,
    List<String> breaking,
    boolean isAgainstEvery,
    CompatibilityMode compatibility,
    boolean isMajorFree,
    boolean checksNumbers) {
  /** Every schema that compiles may be published. */
  public static final ReleasePolicy NONE =
      new ReleasePolicy(List.of(), List.of(), false, CompatibilityMode.NONE, false, false);

  /** The same with another compatibility mode. */
  public ReleasePolicy withCompatibility(CompatibilityMode mode) {
    return new ReleasePolicy(lint, breaking, isAgainstEvery, mode, isMajorFree, checksNumbers);
  }

  /**
   * Refuses what no version could be held to.
   *
   * @throws dev.aeon.spoke.model.SpokeException {@code INVALID_REQUEST} where it names a rule or
   *     category that is none
   */
  public void refuseUnknown() {
    RuleNames.refuseUnknown(lint, breaking);
  }
}
