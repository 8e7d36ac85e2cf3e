package dev.aeon.spoke.validate.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.validate.Finding;
import dev.aeon.spoke.validate.Sources;
import dev.aeon.spoke.validate.config.ConfigVersion;
import dev.aeon.spoke.validate.config.LintConfig;
import dev.aeon.spoke.validate.config.RuleTable;
import dev.aeon.spoke.validate.image.Location;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LinterTest {
  private static final String CLEAN =
      """
      syntax = "proto3";
      package shop.v1;
      // An order.
      message Order {
        // Its number.
        string order_id = 1;
      }
      """;

  @Test
  void schema_inGoodStyle_hasNoFinding() {
    assertThat(lint(Sources.file("shop/v1/order.proto", CLEAN))).isEmpty();
  }

  @Test
  void badNames_areFoundWhereTheyStand() {
    List<Finding> findings =
        lint(
            Sources.file(
                "shop/v1/order.proto",
                """
                syntax = "proto3";
                package shop.v1;
                message order_line {
                  string orderId = 1;
                }
                enum Kind {
                  UNKNOWN = 0;
                }
                """));
    assertThat(findings)
        .containsExactly(
            new Finding(
                "MESSAGE_PASCAL_CASE",
                "shop/v1/order.proto",
                new Location(3, 9, 3, 19),
                "Message name \"order_line\" should be PascalCase, such as \"OrderLine\"."),
            new Finding(
                "FIELD_LOWER_SNAKE_CASE",
                "shop/v1/order.proto",
                new Location(4, 10, 4, 17),
                "Field name \"orderId\" should be lower_snake_case, such as \"order_id\"."),
            new Finding(
                "ENUM_VALUE_PREFIX",
                "shop/v1/order.proto",
                new Location(7, 3, 7, 10),
                "Enum value name \"UNKNOWN\" should be prefixed with \"KIND_\"."),
            new Finding(
                "ENUM_ZERO_VALUE_SUFFIX",
                "shop/v1/order.proto",
                new Location(7, 3, 7, 10),
                "Enum zero value name \"UNKNOWN\" should be suffixed with \"_UNSPECIFIED\"."));
  }

  @Test
  void rule_namedInACommentAboveOrAround_isSuppressedThereOnly() {
    Sources sources =
        Sources.file(
            "shop/v1/order.proto",
            """
            syntax = "proto3";
            package shop.v1;
            // buf:lint:ignore MESSAGE_PASCAL_CASE
            // spoke:lint:ignore FIELD_LOWER_SNAKE_CASE
            message order {
              string orderId = 1;
            }
            message line {}
            """);
    assertThat(lint(sources))
        .extracting(Finding::message)
        .singleElement()
        .asString()
        .contains("\"line\"");
  }

  @Test
  void importedFile_thatIsNotChecked_hasNoFinding() {
    Sources sources =
        Sources.file(
            "shop/v1/order.proto",
            CLEAN.replace("package", "import \"google/protobuf/type.proto\"; package"));
    assertThat(lint(sources)).extracting(Finding::rule).containsExactly("IMPORT_USED");
  }

  @Test
  void packagesInACircle_areReportedWithTheWayAround() {
    Sources sources =
        Sources.file("a/v1/a.proto", file("a.v1", "b/v1/b.proto", "message A { b.v1.B b = 1; }"))
            .and("b/v1/b.proto", file("b.v1", "c/v1/c.proto", "message B { c.v1.C c = 1; }"))
            .and("c/v1/c.proto", file("c.v1", "a/v1/d.proto", "message C { a.v1.D d = 1; }"))
            .and("a/v1/d.proto", "syntax = \"proto3\"; package a.v1; message D {}");
    assertThat(lint(sources, "PACKAGE_NO_IMPORT_CYCLE"))
        .extracting(Finding::message)
        .containsExactly(
            "Package import cycle: a.v1 -> b.v1 -> c.v1 -> a.v1",
            "Package import cycle: b.v1 -> c.v1 -> a.v1 -> b.v1",
            "Package import cycle: c.v1 -> a.v1 -> b.v1 -> c.v1");
  }

  @Test
  void everyRuleOfEveryVersion_isImplemented() {
    Set<String> implemented = new TreeSet<>(LintChecks.FILE_CHECKS.keySet());
    implemented.addAll(LintChecks.IMAGE_CHECKS.keySet());
    for (ConfigVersion version : ConfigVersion.values()) {
      assertThat(
              RuleTable.of(RuleTable.Kind.LINT, version).rules().stream()
                  .filter(rule -> !rule.isDeprecated())
                  .map(RuleTable.Rule::id)
                  .collect(Collectors.toSet()))
          .isSubsetOf(implemented);
    }
  }

  private static String file(String packageName, String imported, String body) {
    return "syntax = \"proto3\"; package %s; import \"%s\"; %s"
        .formatted(packageName, imported, body);
  }

  private static List<Finding> lint(Sources sources, String... rules) {
    return new Linter(LintConfig.using(List.of(rules))).lint(sources.image());
  }
}
