package dev.aeon.spoke.validate.config;

import java.util.List;

/** The names by which policies choose rules. */
public final class RuleNames {
  private RuleNames() {}

  /**
   * Refuses names that are no rule's and no category's.
   *
   * @throws dev.aeon.spoke.model.SpokeException {@code INVALID_REQUEST} that says which
   */
  public static void refuseUnknown(List<String> lint, List<String> breaking) {
    RuleTable.of(RuleTable.Kind.LINT, ConfigVersion.V2).select(lint, List.of());
    RuleTable.of(RuleTable.Kind.BREAKING, ConfigVersion.V2).select(breaking, List.of());
  }
}
