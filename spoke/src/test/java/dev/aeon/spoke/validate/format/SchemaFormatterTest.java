package dev.aeon.spoke.validate.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.spoke.model.SpokeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaFormatterTest {
  private static final String UNTIDY =
      """
      /* Ours
      * alone. */
      syntax="proto3";   // the newest
      package   a.b ;
      import "z.proto";
      import public "b.proto";


      option (my.opt).sub.(foo.bar) = { a : 1, b{c:"x" d:-1.5e-3}
         list:[1,2 ,3]
          [type.googleapis.com/foo.Bar]{ z:1 } };
      message  A{ message B { } ; int32 a=1[deprecated=true,(x)="a"
        "b"]; // about a
        // the map
        map < string , .a.B > m = 2;   /* the end */


        oneof o{ string s=3;bytes t=4; }

        reserved 5,7 to max; string long = 9 [
            (a) = 1, // one
              // two
            (b) = "s"
        ];
      }
      service S{rpc Get (stream .a.B)returns(a.A){option idempotency_level=IDEMPOTENT;}
       rpc   P( a.A )
          returns (a.A);
      }
      enum E{X=0;Y=-1;
      // last
      }
      """;

  private static final String TIDY =
      """
      /* Ours
       * alone. */
      syntax = "proto3"; // the newest
      package a.b;
      import public "b.proto";
      import "z.proto";

      option (my.opt).sub.(foo.bar) = { a: 1, b { c: "x" d: -1.5e-3 }
        list: [1, 2, 3]
        [type.googleapis.com/foo.Bar] { z: 1 } };
      message A {
        message B {}
        int32 a = 1 [deprecated = true, (x) = "a"
          "b"]; // about a
        // the map
        map<string, .a.B> m = 2; /* the end */

        oneof o {
          string s = 3;
          bytes t = 4;
        }

        reserved 5, 7 to max;
        string long = 9 [
          (a) = 1, // one
          // two
          (b) = "s"
        ];
      }
      service S {
        rpc Get(stream .a.B) returns (a.A) {
          option idempotency_level = IDEMPOTENT;
        }
        rpc P(a.A) returns (a.A);
      }
      enum E {
        X = 0;
        Y = -1;
        // last
      }
      """;

  @Test
  void untidySchema_isLaidOut() {
    assertThat(format(UNTIDY)).isEqualTo(TIDY);
  }

  @Test
  void tidySchema_staysAsItIs() {
    assertThat(format(TIDY)).isEqualTo(TIDY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "optional group G = 1 { int32 a = 2; } | 'optional group G = 1 {\n  int32 a = 2;\n}\n'",
        "extensions 4 to 8 [declaration={number:4}]; | 'extensions 4 to 8 [declaration = { number: 4 }];\n'",
        "option (o) = \"a\" 'b'; | 'option (o) = \"a\" ''b'';\n'",
        "export message M{} | 'export message M {}\n'",
        "option (o) = {a<b:1>}; | 'option (o) = { a < b: 1 > };\n'",
        "double d = 1 [default = - inf]; | 'double d = 1 [default = -inf];\n'",
        "repeated .a.B b = 1; | 'repeated .a.B b = 1;\n'",
        "a . b c = 1; | 'a .b c = 1;\n'",
        ";;; | ''",
        "int32 /* b */ a = 1; | 'int32 /* b */ a = 1;\n'",
        "message M { /* nothing */ } | 'message M { /* nothing */\n}\n'",
      })
  void declarations_areWrittenOneWay(String text, String expected) {
    assertThat(format(text)).isEqualTo(expected.replace("\\n", "\n"));
    assertThat(format(format(text))).isEqualTo(format(text));
  }

  @Test
  void lineEndsAndMarksOfOtherSystems_go() {
    assertThat(format("\uFEFFsyntax = \"proto3\";\r\n// a \r\nmessage M {\r\n}\r\n"))
        .isEqualTo("syntax = \"proto3\";\n// a\nmessage M {}\n");
  }

  @Test
  void imports_withCommentsBetweenThem_areNotMixed() {
    String text = "import \"c\";\nimport \"b\"; // why\n// group\nimport \"z\";\nimport \"a\";\n";
    assertThat(format(text))
        .isEqualTo("import \"c\";\nimport \"b\"; // why\n// group\nimport \"a\";\nimport \"z\";\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "message M {",
        "}",
        "message M }",
        "string s = \"a",
        "/* a",
        "a = [;",
        "a = 1",
        "\u0001;",
        "option (a = 1;",
        "rpc A(B> returns (C);"
      })
  void brokenText_isRefusedInOneSentence(String text) {
    assertThatThrownBy(() -> format(text))
        .isInstanceOfSatisfying(
            SpokeException.class,
            e -> assertThat(e.code()).isEqualTo(SpokeException.Code.INVALID_SCHEMA));
  }

  @Test
  void text_cutAnywhere_isFormattedOrRefused() {
    for (int end = 0; end < UNTIDY.length(); end++) {
      String cut = UNTIDY.substring(0, end);
      try {
        assertThat(format(format(cut))).as("end=" + end).isEqualTo(format(cut));
      } catch (SpokeException e) {
        assertThat(e.code()).isEqualTo(SpokeException.Code.INVALID_SCHEMA);
      }
    }
  }

  @Test
  void deepNesting_needsNoStack() {
    int depth = 2_000;
    String text = "message M {".repeat(depth) + "}".repeat(depth);
    assertThat(format(text).lines()).hasSize(2 * depth - 1);
  }

  private static String format(String text) {
    return SchemaFormatter.format("a.proto", text);
  }
}
