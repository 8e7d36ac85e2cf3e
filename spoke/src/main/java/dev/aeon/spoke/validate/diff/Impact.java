package dev.aeon.spoke.validate.diff;

import dev.aeon.spoke.validate.config.ConfigVersion;
import dev.aeon.spoke.validate.config.RuleTable;
import java.util.HashMap;
import java.util.Map;

/** Whom a change breaks, the worst first. */
public enum Impact {
  DATA("WIRE", "breaks stored and sent messages"),
  JSON("WIRE_JSON", "breaks messages in JSON"),
  CODE("FILE", "breaks generated code");

  private static final Map<String, Impact> BY_RULE = byRule();

  private final String category;
  private final String text;

  Impact(String category, String text) {
    this.category = category;
    this.text = text;
  }

  static Impact of(String rule) {
    return BY_RULE.getOrDefault(rule, CODE);
  }

  /** In words. */
  public String text() {
    return text;
  }

  private static Map<String, Impact> byRule() {
    RuleTable table = RuleTable.of(RuleTable.Kind.BREAKING, ConfigVersion.V2);
    Map<String, Impact> impacts = new HashMap<>();
    for (Impact impact : values()) {
      table.expand(impact.category).forEach(rule -> impacts.putIfAbsent(rule, impact));
    }
    return Map.copyOf(impacts);
  }
}
