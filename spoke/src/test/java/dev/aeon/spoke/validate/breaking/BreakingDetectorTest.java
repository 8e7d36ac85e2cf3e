package dev.aeon.spoke.validate.breaking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.validate.Finding;
import dev.aeon.spoke.validate.Sources;
import dev.aeon.spoke.validate.config.BreakingConfig;
import dev.aeon.spoke.validate.config.ConfigVersion;
import dev.aeon.spoke.validate.config.RuleTable;
import dev.aeon.spoke.validate.image.Location;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BreakingDetectorTest {
  private static final String HEAD = "syntax = \"proto3\";\npackage shop.v1;\n";

  @Test
  void unchangedSchema_breaksNothing() {
    assertThat(compare("message A { string b = 1; }", "message A { string b = 1; }")).isEmpty();
  }

  @Test
  void addedField_breaksNothing() {
    assertThat(compare("message A {}", "message A { string b = 1; }")).isEmpty();
  }

  @Test
  void deletedField_isReportedAtItsMessage() {
    assertThat(compare("message A { string b = 1; }", "message A {}"))
        .containsExactly(
            new Finding(
                "FIELD_NO_DELETE",
                "shop/v1/a.proto",
                new Location(3, 1, 3, 13),
                "Previously present field \"1\" with name \"b\" on message \"A\" was deleted."));
  }

  @Test
  void deletedField_whoseNumberIsReserved_breaksTheNameOnly() {
    List<Finding> findings =
        compare("message A { string b = 1; }", "message A { reserved 1; }", "WIRE_JSON");
    assertThat(findings)
        .extracting(Finding::rule)
        .containsExactly("FIELD_NO_DELETE_UNLESS_NAME_RESERVED");
    assertThat(compare("message A { string b = 1; }", "message A { reserved 1; }", "WIRE"))
        .isEmpty();
  }

  @Test
  void changedType_isReportedAtTheType() {
    assertThat(compare("message A { int32 b = 1; }", "message A { string b = 1; }"))
        .containsExactly(
            new Finding(
                "FIELD_SAME_TYPE",
                "shop/v1/a.proto",
                new Location(3, 13, 3, 19),
                "Field \"1\" with name \"b\" on message \"A\" changed type from \"int32\" to \"string\"."));
  }

  @Test
  void valueOfAMap_isReportedAtTheMapField() {
    List<Finding> findings =
        compare("message A { map<int32, int32> b = 1; }", "message A { map<int32, bool> b = 1; }");
    assertThat(findings).extracting(Finding::location).containsExactly(new Location(3, 13, 3, 29));
  }

  @Test
  void widenedInteger_breaksSourcesButNotTheWire() {
    String before = "message A { int32 b = 1; }";
    String now = "message A { int64 b = 1; }";
    assertThat(compare(before, now, "FILE")).isNotEmpty();
    assertThat(compare(before, now, "WIRE")).isEmpty();
    assertThat(compare(before, now, "WIRE_JSON"))
        .extracting(Finding::rule)
        .containsExactly("FIELD_WIRE_JSON_COMPATIBLE_TYPE");
  }

  @Test
  void enumThatMovedWithItsValues_isTheSameOnTheWire() {
    String before = "enum E { E_ZERO = 0; } message A { E e = 1; }";
    String now = "message A { E e = 1; enum E { E_ZERO = 0; E_ONE = 1; } }";
    assertThat(compare(before, now, "WIRE")).isEmpty();
    assertThat(compare(before, now, "FILE")).isNotEmpty();
  }

  @Test
  void messageThatMovedToAnotherFile_breaksTheFileButNotThePackage() {
    Sources before = Sources.file("a.proto", HEAD + "message A {}").and("b.proto", HEAD);
    Sources now = Sources.file("a.proto", HEAD).and("b.proto", HEAD + "message A {}");
    assertThat(compare(before, now, "FILE"))
        .extracting(Finding::rule)
        .containsExactly("MESSAGE_NO_DELETE");
    assertThat(compare(before, now, "PACKAGE")).isEmpty();
  }

  @Test
  void deletedFile_isReportedWithoutAPlace() {
    Sources before = Sources.file("a.proto", HEAD).and("b.proto", HEAD);
    assertThat(compare(before, Sources.file("a.proto", HEAD)))
        .containsExactly(
            new Finding(
                "FILE_NO_DELETE", "", null, "Previously present file \"b.proto\" was deleted."));
  }

  @Test
  void reservedRange_thatIsPartlyGone_isReportedWithWhatIsMissing() {
    List<Finding> findings =
        compare("message A { reserved 1 to 10, 20 to max; }", "message A { reserved 4 to 30; }");
    assertThat(findings)
        .extracting(Finding::message)
        .containsExactly(
            "Previously present reserved range \"[1,10]\" on message \"A\" is missing values: [1,3] were removed.",
            "Previously present reserved range \"[20,max]\" on message \"A\" is missing values: [31,max] were removed.");
  }

  @Test
  void unstablePackage_mayChangeWhereThatIsConfigured() {
    String head = "syntax = \"proto3\"; package shop.v1beta1; ";
    Sources before = Sources.file("a.proto", head + "message A {}");
    Sources now = Sources.file("a.proto", head);
    BreakingConfig config = BreakingConfig.standard();
    BreakingConfig lenient = new BreakingConfig(config.rules(), config.ignored(), true, false);
    assertThat(new BreakingDetector(config).compare(now.image(), before.image())).isNotEmpty();
    assertThat(new BreakingDetector(lenient).compare(now.image(), before.image())).isEmpty();
  }

  @Test
  void everyRuleOfEveryVersion_isImplemented() {
    for (ConfigVersion version : ConfigVersion.values()) {
      assertThat(
              RuleTable.of(RuleTable.Kind.BREAKING, version).rules().stream()
                  .filter(rule -> !rule.isDeprecated())
                  .map(RuleTable.Rule::id)
                  .collect(Collectors.toSet()))
          .isSubsetOf(BreakingChecks.ALL.keySet());
    }
    assertThat(BreakingChecks.ALL).hasSize(64);
  }

  private static List<Finding> compare(String before, String now, String... rules) {
    return compare(
        Sources.file("shop/v1/a.proto", HEAD + before),
        Sources.file("shop/v1/a.proto", HEAD + now),
        rules);
  }

  private static List<Finding> compare(Sources before, Sources now, String... rules) {
    return new BreakingDetector(BreakingConfig.using(List.of(rules)))
        .compare(now.image(), before.image());
  }
}
