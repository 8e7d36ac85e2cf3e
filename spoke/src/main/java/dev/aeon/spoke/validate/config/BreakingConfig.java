package dev.aeon.spoke.validate.config;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * How changes are judged.
 *
 * @param rules the rules that hold
 * @param ignoresUnstablePackages whether packages such as {@code a.v1beta1} may change at will
 * @param excludesImports whether files that are imported only may change at will
 */
public record BreakingConfig(
    Set<String> rules,
    IgnoredPaths ignored,
    boolean ignoresUnstablePackages,
    boolean excludesImports) {
  private static final List<String> KEYS =
      List.of(
          "use", "except", "ignore", "ignore_only", "disable_builtin", "ignore_unstable_packages");

  /** The default rules of the newest version. */
  public static BreakingConfig standard() {
    return using(List.of());
  }

  /** The rules and categories of the newest version, with nothing ignored. */
  public static BreakingConfig using(Collection<String> use) {
    RuleTable table = RuleTable.of(RuleTable.Kind.BREAKING, ConfigVersion.V2);
    return new BreakingConfig(table.select(use, List.of()), IgnoredPaths.NONE, false, false);
  }

  /** The same where imported files may change at will. */
  public BreakingConfig excludingImports() {
    return new BreakingConfig(rules, ignored, ignoresUnstablePackages, true);
  }

  static BreakingConfig read(ConfigVersion version, Settings settings, String root) {
    settings.only(KEYS);
    RuleTable table = RuleTable.of(RuleTable.Kind.BREAKING, version);
    return new BreakingConfig(
        settings.flag("disable_builtin")
            ? Set.of()
            : table.select(settings.texts("use"), settings.texts("except")),
        settings.ignoredPaths(table, root),
        settings.flag("ignore_unstable_packages"),
        false);
  }
}
