package dev.aeon.spoke.validate.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import build.buf.validate.ValidateProto;
import dev.aeon.spoke.validate.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstraintCheckTest {
  private static final String HEAD =
      "syntax = \"proto3\"; import \"buf/validate/validate.proto\";\n";

  @Test
  void rulesThatFitTheirFields_areNoProblem() throws IOException {
    assertThat(
            problems(
                """
                message A {
                  string name = 1 [(buf.validate.field).string = {min_len: 1, max_len: 9}];
                  int32 age = 2 [(buf.validate.field).int32.gte = 0];
                  repeated string tags = 3 [(buf.validate.field).repeated.items.string.min_len = 1];
                  option (buf.validate.message).cel = {
                    id: "a", message: "old", expression: "this.age < 200 || this.name.isEmail()"
                  };
                }
                """))
        .isEmpty();
  }

  @Test
  void boundsThatNothingMeets_areNamedAtBothPlaces() throws IOException {
    assertThat(
            problems(
                """
                message A {
                  int32 age = 1 [
                    (buf.validate.field).int32.lt = 1,
                    (buf.validate.field).int32.gte = 1
                  ];
                }
                """))
        .containsExactlyInAnyOrder(
            "4 Field \"age\" has equal (buf.validate.field).int32.gte and (buf.validate.field).int32.lt. All values are rejected by these checks.",
            "5 Field \"age\" has equal (buf.validate.field).int32.gte and (buf.validate.field).int32.lt. All values are rejected by these checks.");
  }

  @Test
  void expressionsThatDoNotCompile_sayWhy() throws IOException {
    assertThat(
            problems(
                """
                message A {
                  string name = 1 [(buf.validate.field).cel_expression = "this > 1"];
                }
                """))
        .containsExactly(
            "3 (buf.validate.field).cel_expression on field \"name\" fails to compile: found no matching overload for '_>_' applied to '(string, int)'");
  }

  @Test
  void examplesThatBreakTheirRules_sayWhichRule() throws IOException {
    assertThat(
            problems(
                """
                message A {
                  string name = 1 [
                    (buf.validate.field).string.min_len = 3,
                    (buf.validate.field).string.example = "ab",
                    (buf.validate.field).string.example = "abc"
                  ];
                }
                """))
        .containsExactly(
            "5 \"ab\" is an example value but does not satisfy rule \"string.min_len\": must be at least 3 characters");
  }

  private static List<String> problems(String messages) throws IOException {
    String rules = ValidateProto.getDescriptor().getName();
    List<String> problems = new ArrayList<>();
    try (InputStream text = ValidateProto.class.getResourceAsStream("/" + rules)) {
      Sources sources =
          Sources.file("a.proto", HEAD + messages)
              .and(rules, new String(text.readAllBytes(), StandardCharsets.UTF_8));
      ConstraintCheck.check(
          sources.image(),
          (place, file, message) -> problems.add(place.location().startLine() + " " + message));
    }
    return problems;
  }
}
