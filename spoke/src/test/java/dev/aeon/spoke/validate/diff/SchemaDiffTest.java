package dev.aeon.spoke.validate.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.validate.Sources;
import dev.aeon.spoke.validate.config.ConfigVersion;
import dev.aeon.spoke.validate.config.RuleTable;
import dev.aeon.spoke.validate.diff.SchemaDiff.Bump;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaDiffTest {
  private static final String BEFORE =
      """
      syntax = "proto3";
      package shop.v1;
      option java_package = "shop";
      message Order {
        string id = 1;
        int32 total = 2;
        string note = 3;
        map<string, int32> amounts = 4;
      }
      enum State {
        STATE_UNSPECIFIED = 0;
        STATE_OPEN = 1;
      }
      service Orders {
        rpc Get(Order) returns (Order);
      }
      message Gone { string name = 1; }
      """;

  @Test
  void schema_thatIsTheSame_hasNoChanges() {
    SchemaDiff diff = diff(BEFORE, BEFORE.replace("string id = 1;", "string id = 1; // Its name."));
    assertThat(diff.changes()).isEmpty();
    assertThat(diff.notes()).isEmpty();
    assertThat(diff.bump()).isEqualTo(Bump.NONE);
  }

  @Test
  void changes_ofEveryKindOfElement_areTold() {
    String now =
        BEFORE
            .replace("\"shop\"", "\"store\"")
            .replace("int32 total = 2", "repeated int64 total = 2")
            .replace("  string note = 3;\n", "")
            .replace("map<string, int32>", "map<string, Order>")
            .replace("STATE_OPEN = 1", "STATE_READY = 1")
            .replace("returns (Order)", "returns (stream Order)")
            .replace("message Gone { string name = 1; }", "message New { string name = 1; }");
    assertThat(texts(diff(BEFORE, now)))
        .containsExactlyInAnyOrder(
            "~ option java_package: \"shop\" → \"store\"",
            "~ field shop.v1.Order.total: int32 total = 2 → repeated int64 total = 2",
            "- field shop.v1.Order.note: string note = 3",
            "~ field shop.v1.Order.amounts: map<string, int32> amounts = 4"
                + " → map<string, shop.v1.Order> amounts = 4",
            "~ enum value shop.v1.State.STATE_READY: STATE_OPEN = 1 → STATE_READY = 1",
            "~ rpc shop.v1.Orders.Get: (shop.v1.Order) returns (shop.v1.Order)"
                + " → (shop.v1.Order) returns (stream shop.v1.Order)",
            "- message shop.v1.Gone",
            "+ message shop.v1.New");
  }

  @Test
  void renamedField_isOneChange() {
    assertThat(texts(diff(BEFORE, BEFORE.replace("string note = 3", "string remark = 3"))))
        .containsExactly("~ field shop.v1.Order.remark: string note = 3 → string remark = 3");
  }

  @Test
  void movedMessage_isToldWithBothFiles() {
    Sources before = Sources.file("a.proto", "syntax = \"proto3\"; message M {}");
    before.and("b.proto", "syntax = \"proto3\";");
    Sources now = Sources.file("a.proto", "syntax = \"proto3\";");
    now.and("b.proto", "syntax = \"proto3\"; message M {}");
    assertThat(texts(SchemaDiff.between(before.image(), now.image())))
        .containsExactly("~ message M: in a.proto → in b.proto");
  }

  @Test
  void additions_askForAMinorVersion_whatBreaksForAMajorOne() {
    String added = BEFORE.replace("string id = 1;", "string id = 1; string more = 5;");
    assertThat(diff(BEFORE, added).bump()).isEqualTo(Bump.MINOR);
    assertThat(diff(added, BEFORE).bump()).isEqualTo(Bump.MAJOR);
    String deprecated = BEFORE.replace("string id = 1;", "string id = 1 [deprecated = true];");
    assertThat(diff(BEFORE, deprecated).bump()).isEqualTo(Bump.PATCH);
  }

  @Test
  void severalRulesOnOneChange_areOneNote_withTheWorstImpact() {
    SchemaDiff diff = diff(BEFORE, BEFORE.replace("  string note = 3;\n", ""));
    assertThat(diff.notes())
        .singleElement()
        .satisfies(note -> {
          assertThat(note.impact()).isEqualTo(Impact.DATA);
          assertThat(note.finding().rule()).isEqualTo("FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED");
          assertThat(note.advice()).contains("reserve its number and its name");
        });
  }

  @Test
  void reservedField_breaksGeneratedCodeAlone() {
    String now = BEFORE.replace("string note = 3;", "reserved 3; reserved \"note\";");
    assertThat(diff(BEFORE, now).notes())
        .singleElement()
        .extracting(MigrationNote::impact)
        .isEqualTo(Impact.CODE);
  }

  @Test
  void everyRuleOfChange_hasAdvice() {
    RuleTable.of(RuleTable.Kind.BREAKING, ConfigVersion.V2)
        .select(List.of("FILE", "WIRE_JSON", "WIRE"), List.of())
        .forEach(rule -> assertThat(Advice.on(Advice.topic(rule))).as(rule).isNotBlank());
  }

  private static SchemaDiff diff(String before, String now) {
    return SchemaDiff.between(
        Sources.file("order.proto", before).image(), Sources.file("order.proto", now).image());
  }

  private static List<String> texts(SchemaDiff diff) {
    return diff.changes().stream().map(SchemaChange::text).toList();
  }
}
