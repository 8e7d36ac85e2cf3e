package dev.aeon.spoke.validate.parity;

import java.util.Map;
import java.util.TreeMap;

/** Schemas for the rules that mutation of single files does not reach, by path. */
final class RuleCases {
  private RuleCases() {}

  static Map<String, String> before() {
    Map<String, String> files = now();
    files.put("gone/v1/gone.proto", proto3("gone.v1") + "message Gone {}\n");
    files.put("syntax/v1/syntax.proto", "syntax = \"proto2\";\npackage syntax.v1;\nmessage M {}\n");
    files.put("ext/v1/ext.proto", extended("extend M { optional int32 a = 100; }"));
    files.put("json/v1/json.proto", jsonFormat("ALLOW"));
    return files;
  }

  static Map<String, String> now() {
    Map<String, String> files = new TreeMap<>();
    files.put("syntax/v1/syntax.proto", proto3("syntax.v1") + "message M {}\n");
    files.put("ext/v1/ext.proto", extended(""));
    files.put("json/v1/json.proto", jsonFormat("LEGACY_BEST_EFFORT"));
    addStyles(files);
    addPackages(files);
    addCycle(files);
    return files;
  }

  static String ofDeprecatedRules(String fileOption, String fieldOption, String label) {
    return """
    syntax = "proto2";
    package a;
    %s
    message M {
      optional string s = 1 %s;
      %s int32 l = 2;
    }
    """
        .formatted(fileOption, fieldOption, label);
  }

  private static String proto3(String name) {
    return "syntax = \"proto3\";\npackage " + name + ";\n";
  }

  private static String extended(String extension) {
    return """
    syntax = "proto2";
    package ext.v1;
    message M {
      extensions 100 to 200;
      extend M { optional int32 kept = 101; }
    }
    """
        + extension
        + "\n";
  }

  private static String jsonFormat(String format) {
    return """
    edition = "2023";
    package json.v1;
    message M { option features.json_format = %s; int32 a = 1; }
    """
        .formatted(format);
  }

  private static void addStyles(Map<String, String> files) {
    files.put(
        "style/v1/BadName.proto",
        """
        syntax = "proto2";
        package style.v1;
        import public "style/v1/public.proto";
        import weak "style/v1/weak.proto";
        enum Late { LATE_ONE = 1; }
        message M {
          optional string descriptor = 1;
          oneof BadOneof { int32 b = 2; }
          optional P p = 3;
          optional W w = 4;
        }
        """);
    files.put("style/v1/public.proto", proto3("style.v1") + "message P {}\n");
    files.put("style/v1/weak.proto", proto3("style.v1") + "message W {}\n");
    files.put("bare/bare.proto", "message Bare {}\n");
    files.put("caps/v1/caps.proto", proto3("Caps.v1") + "message M {}\n");
    files.put("plain/plain.proto", proto3("plain") + "message M {}\n");
    files.put("unstable/v1beta1/u.proto", proto3("unstable.v1beta1") + "message U {}\n");
    files.put(
        "stable/v1/s.proto",
        proto3("stable.v1")
            + "import \"unstable/v1beta1/u.proto\";\nmessage S { unstable.v1beta1.U u = 1; }\n");
  }

  private static void addPackages(Map<String, String> files) {
    for (String each : new String[] {"one", "two"}) {
      files.put(
          "same/v1/" + each + ".proto",
          proto3("same.v1")
              + """
              option csharp_namespace = "%1$s";
              option go_package = "example.com/%1$s";
              option java_multiple_files = %2$s;
              option java_package = "%1$s";
              option php_namespace = "%1$s";
              option ruby_package = "%1$s";
              option swift_prefix = "%1$s";
              message M%1$s {}
              """
                  .formatted(each, each.equals("one")));
    }
    files.put("same/v1/other.proto", proto3("other.v1") + "message M {}\n");
    files.put("elsewhere/v1/same.proto", proto3("same.v1") + "message Elsewhere {}\n");
  }

  private static void addCycle(Map<String, String> files) {
    files.put("left/v1/a.proto", proto3("left.v1") + "message A {}\n");
    files.put(
        "left/v1/b.proto",
        proto3("left.v1") + "import \"right/v1/r.proto\";\nmessage B { right.v1.R r = 1; }\n");
    files.put(
        "right/v1/r.proto",
        proto3("right.v1") + "import \"left/v1/a.proto\";\nmessage R { left.v1.A a = 1; }\n");
  }
}
