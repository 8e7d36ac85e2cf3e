package dev.aeon.apm.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.compatibility.Finding.Level;
import dev.aeon.apm.schema.JsonSchemas;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCheckTest {
  private static final String BEFORE =
      """
      {"type": "object", "required": ["id"], "properties": {
        "id": {"type": "string", "minLength": 1},
        "size": {"type": "integer", "minimum": 0, "maximum": 10},
        "kind": {"enum": ["a", "b"]},
        "tags": {"type": "array", "items": {"type": "string"}}}}
      """;

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"required\": [\"id\"] | \"required\": [\"id\", \"size\"] | t.size | is required now",
        "\"id\": { | \"name\": { | t.id | a required field is gone",
        "\"type\": \"integer\" | \"type\": \"string\" | t.size | type changed",
        "[\"a\", \"b\"] | [\"a\"] | t.kind | values gone",
        "\"maximum\": 10 | \"maximum\": 9 | t.size | maximum is narrower",
        "\"minimum\": 0, | \"minimum\": 1, | t.size | minimum is narrower",
        "{\"type\": \"string\"} | {\"type\": \"number\"} | t.tags[] | type changed",
        "{\"type\": \"object\", | {\"type\": \"object\", \"additionalProperties\": false, | t | unknown fields",
      })
  void schema_makesRightMessagesWrong_needsAMajorVersion(
      String from, String to, String subject, String detail) {
    CompatibilityReport report = compare(BEFORE, replaced(from, to));

    assertThat(SchemaCheck.changeOf(report)).isEqualTo(Change.MAJOR);
    assertThat(report.findings())
        .filteredOn(finding -> finding.level() == Level.BLOCKER)
        .anySatisfy(finding -> assertThat(finding.subject()).isEqualTo(subject))
        .anySatisfy(finding -> assertThat(finding.detail()).contains(detail));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"properties\": { | \"properties\": {\"complexity\": {\"type\": \"string\"},",
        "[\"a\", \"b\"] | [\"a\", \"b\", \"c\"]",
        "\"maximum\": 10 | \"maximum\": 11",
        "\"type\": \"integer\" | \"type\": [\"integer\", \"null\"]",
      })
  void schema_allowsMore_needsAMinorVersion(String from, String to) {
    CompatibilityReport report = compare(BEFORE, replaced(from, to));

    assertThat(report.findings()).isNotEmpty();
    assertThat(SchemaCheck.changeOf(report)).isEqualTo(Change.MINOR);
  }

  @Test
  void schema_isGone_needsAMajorVersion() {
    CompatibilityReport report = SchemaCheck.compare(Map.of("t", BEFORE), Map.of());

    assertThat(SchemaCheck.changeOf(report)).isEqualTo(Change.MAJOR);
  }

  @Test
  void schema_isNew_needsAMinorVersion() {
    CompatibilityReport report = SchemaCheck.compare(Map.of(), Map.of("t", BEFORE));

    assertThat(SchemaCheck.changeOf(report)).isEqualTo(Change.MINOR);
  }

  @Test
  void schema_shippedOnes_areCompatibleWithThemselves() {
    Map<String, String> ours =
        JsonSchemas.names().stream().collect(Collectors.toMap(name -> name, JsonSchemas::read));

    assertThat(SchemaCheck.changeOf(SchemaCheck.compare(ours, ours))).isEqualTo(Change.PATCH);
  }

  @Test
  void schema_isNotJson_isRefusedByName() {
    assertThatThrownBy(() -> compare(BEFORE, "{"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("schema=t");
  }

  private static CompatibilityReport compare(String before, String after) {
    return SchemaCheck.compare(Map.of("t", before), Map.of("t", after));
  }

  private static String replaced(String from, String to) {
    assertThat(BEFORE).contains(from);
    return BEFORE.replace(from, to);
  }
}
