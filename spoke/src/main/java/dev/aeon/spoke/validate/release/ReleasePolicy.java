package dev.aeon.spoke.validate.release;

import java.util.List;

/**
 * What a module's versions must keep to.
 *
 * @param lint rules and categories of style; empty for none
 * @param breaking rules and categories of change; empty for none
 * @param isAgainstEvery whether changes are judged against every release instead of the last
 * @param compatibility what readers and writers of neighbouring versions must manage
 * @param checksNumbers whether only a new major version may break what the last release had
 */
public record ReleasePolicy(
    List<String> lint,
    List<String> breaking,
    boolean isAgainstEvery,
    CompatibilityMode compatibility,
    boolean checksNumbers) {
  /** Every schema that compiles may be published. */
  public static final ReleasePolicy NONE =
      new ReleasePolicy(List.of(), List.of(), false, CompatibilityMode.NONE, false);
}
