package dev.aeon.apm.codec;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Finds half characters, which JSON escapes can smuggle past UTF-8. */
final class Surrogates {
  private Surrogates() {}

  static void check(JsonNode node) {
    if (node.isString()) {
      check(node.stringValue());
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      check(field.getKey());
    }
    for (JsonNode child : node) {
      check(child);
    }
  }

  private static void check(String text) {
    for (int index = 0; index < text.length(); index++) {
      if (Character.isSurrogate(text.charAt(index))) {
        boolean paired =
            Character.isHighSurrogate(text.charAt(index))
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
        if (!paired) {
          throw JsonCodec.malformed("lone surrogate: charIndex=" + index);
        }
        index++;
      }
    }
  }
}
