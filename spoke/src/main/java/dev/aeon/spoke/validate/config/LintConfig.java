package dev.aeon.spoke.validate.config;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * How style is judged.
 *
 * @param rules the rules that hold
 * @param allowsCommentIgnores whether {@code // buf:lint:ignore RULE} and {@code //
 *     spoke:lint:ignore RULE} above an element suppress a rule for it
 */
public record LintConfig(
    Set<String> rules,
    IgnoredPaths ignored,
    boolean allowsCommentIgnores,
    String enumZeroValueSuffix,
    String serviceSuffix,
    boolean allowsSameRequestResponse,
    boolean allowsEmptyRequests,
    boolean allowsEmptyResponses) {
  private static final String ENUM_ZERO_VALUE_SUFFIX = "_UNSPECIFIED";
  private static final String SERVICE_SUFFIX = "Service";
  private static final List<String> KEYS =
      List.of(
          "use",
          "except",
          "ignore",
          "ignore_only",
          "disable_builtin",
          "allow_comment_ignores",
          "disallow_comment_ignores",
          "enum_zero_value_suffix",
          "service_suffix",
          "rpc_allow_same_request_response",
          "rpc_allow_google_protobuf_empty_requests",
          "rpc_allow_google_protobuf_empty_responses");

  /** The default rules of the newest version. */
  public static LintConfig standard() {
    return using(List.of());
  }

  /** The rules and categories of the newest version, with nothing ignored. */
  public static LintConfig using(Collection<String> use) {
    RuleTable table = RuleTable.of(RuleTable.Kind.LINT, ConfigVersion.V2);
    return new LintConfig(
        table.select(use, List.of()),
        IgnoredPaths.NONE,
        true,
        ENUM_ZERO_VALUE_SUFFIX,
        SERVICE_SUFFIX,
        false,
        false,
        false);
  }

  static LintConfig read(ConfigVersion version, Settings settings, String root) {
    settings.only(KEYS);
    RuleTable table = RuleTable.of(RuleTable.Kind.LINT, version);
    boolean allowsIgnores =
        version == ConfigVersion.V2
            ? !settings.flag("disallow_comment_ignores")
            : settings.flag("allow_comment_ignores");
    return new LintConfig(
        settings.flag("disable_builtin")
            ? Set.of()
            : table.select(settings.texts("use"), settings.texts("except")),
        settings.ignoredPaths(table, root),
        allowsIgnores,
        settings.text("enum_zero_value_suffix", ENUM_ZERO_VALUE_SUFFIX),
        settings.text("service_suffix", SERVICE_SUFFIX),
        settings.flag("rpc_allow_same_request_response"),
        settings.flag("rpc_allow_google_protobuf_empty_requests"),
        settings.flag("rpc_allow_google_protobuf_empty_responses"));
  }
}
