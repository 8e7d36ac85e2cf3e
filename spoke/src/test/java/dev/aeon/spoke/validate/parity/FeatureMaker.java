package dev.aeon.spoke.validate.parity;

import java.util.ArrayList;
import java.util.List;

/**
 * Schemas with fields of all the ways to say how one language treats text: every two of them are a
 * pair to compare.
 */
final class FeatureMaker {
  private static final List<String> ON_FILES =
      List.of(
          "",
          "option features.(pb.cpp).string_type = VIEW;",
          "option features.(pb.cpp).string_type = CORD;",
          "option features.(pb.java).utf8_validation = VERIFY;",
          "option features.utf8_validation = NONE;",
          "option features.(pb.go).api_level = API_HYBRID;",
          "option features.json_format = LEGACY_BEST_EFFORT;");
  private static final List<String> ON_FIELDS =
      List.of(
          "",
          "[features.(pb.cpp).string_type = VIEW]",
          "[features.(pb.cpp).string_type = STRING]",
          "[features.(pb.java).utf8_validation = VERIFY]",
          "[features.utf8_validation = NONE]",
          "[ctype = CORD]",
          "[ctype = STRING_PIECE]");

  private FeatureMaker() {}

  /** The texts of a file, each but for its package's name, {@code %s}. */
  static List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (String edition : List.of("2023", "2024")) {
      for (String onFile : ON_FILES) {
        for (String onField : ON_FIELDS) {
          if (isLegal(edition, onFile, onField)) {
            texts.add(text(edition, onFile, onField));
          }
        }
      }
    }
    return texts;
  }

  /** Edition 2024 has no {@code ctype}, and Java's own validation no longer. */
  private static boolean isLegal(String edition, String onFile, String onField) {
    boolean isOld = (onFile + onField).contains("pb.java") || onField.contains("ctype");
    return edition.equals("2023")
        ? !onField.contains("ctype") || !onFile.contains("pb.cpp")
        : !isOld;
  }

  private static String text(String edition, String onFile, String onField) {
    return """
    edition = "%s";
    package %%s;
    import "google/protobuf/cpp_features.proto";
    import "google/protobuf/go_features.proto";
    import "google/protobuf/java_features.proto";
    %s
    message M {
      string text = 1 %s;
      map<string, string> by_name = 2;
      repeated bytes raw = 3%s;
    }
    """
        .formatted(edition, onFile, onField, onField.contains("utf8") ? "" : " " + onField);
  }
}
