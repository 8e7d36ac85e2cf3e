package dev.aeon.spoke.validate.config;

import dev.aeon.spoke.model.SpokeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A section of a configuration file; a value of another kind than expected is refused by name. */
final class Settings {
  private final String name;
  private final JsonNode node;

  Settings(String name, JsonNode node) {
    this.name = name;
    this.node = node;
    if (!node.isObject() && !node.isNull() && !node.isMissingNode()) {
      throw refused("a mapping is expected", name);
    }
  }

  static Settings empty(String name) {
    return new Settings(name, JsonNodeFactory.instance.objectNode());
  }

  /** Refuses every other key: what is spelt wrongly would be ignored without a word. */
  Settings only(List<String> known) {
    for (String key : keys()) {
      if (!known.contains(key)) {
        throw refused("no such setting, known=" + known, name + "." + key);
      }
    }
    return this;
  }

  boolean isEmpty() {
    return node.isEmpty();
  }

  List<String> keys() {
    return List.copyOf(node.propertyNames());
  }

  Settings section(String key) {
    return new Settings(name + "." + key, node.path(key));
  }

  List<Settings> sections(String key) {
    JsonNode items = node.path(key);
    if (!items.isArray() && !items.isMissingNode() && !items.isNull()) {
      throw refused("a list is expected", name + "." + key);
    }
    List<Settings> sections = new ArrayList<>();
    for (JsonNode item : items) {
      sections.add(new Settings(name + "." + key, item));
    }
    return sections;
  }

  boolean flag(String key) {
    JsonNode value = node.path(key);
    if (!value.isBoolean() && !value.isMissingNode() && !value.isNull()) {
      throw refused("true or false is expected", name + "." + key);
    }
    return value.asBoolean(false);
  }

  String text(String key, String fallback) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return fallback;
    }
    if (!value.isString()) {
      throw refused("a text is expected", name + "." + key);
    }
    return value.asString().isEmpty() ? fallback : value.asString();
  }

  List<String> texts(String key) {
    return texts(name + "." + key, node.path(key));
  }

  private static List<String> texts(String name, JsonNode items) {
    if (!items.isArray() && !items.isMissingNode() && !items.isNull()) {
      throw refused("a list is expected", name);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : items) {
      if (!item.isString()) {
        throw refused("a list of texts is expected", name);
      }
      if (!item.asString().isEmpty()) {
        texts.add(item.asString());
      }
    }
    return texts;
  }

  /** The ignored paths, made relative to a root; those outside it are left out. */
  IgnoredPaths ignoredPaths(RuleTable table, String root) {
    Map<String, Set<String>> byRule = new HashMap<>();
    JsonNode ignoreOnly = node.path("ignore_only");
    if (ignoreOnly.isMissingNode() || ignoreOnly.isNull()) {
      ignoreOnly = JsonNodeFactory.instance.objectNode();
    }
    for (Map.Entry<String, JsonNode> entry : ignoreOnly.properties()) {
      Set<String> paths = relative(texts(name + ".ignore_only", entry.getValue()), root);
      for (String rule : table.expand(entry.getKey())) {
        byRule.computeIfAbsent(rule, r -> new TreeSet<>()).addAll(paths);
      }
    }
    return new IgnoredPaths(relative(texts("ignore"), root), byRule);
  }

  private Set<String> relative(List<String> paths, String root) {
    Set<String> relative = new TreeSet<>();
    for (String text : paths) {
      Path path = Path.of(text).normalize();
      if (path.isAbsolute() || path.startsWith("..")) {
        throw refused("a path inside the module is expected, path='" + text + "'", name);
      }
      Path base = Path.of(root).normalize();
      if (path.equals(base)) {
        relative.add(IgnoredPaths.EVERYTHING);
      } else if (base.toString().isEmpty() || path.startsWith(base)) {
        relative.add((base.toString().isEmpty() ? path : base.relativize(path)).toString());
      }
    }
    return relative;
  }

  private static SpokeException refused(String what, String key) {
    return new SpokeException(SpokeException.Code.INVALID_REQUEST, what + ", key=" + key);
  }
}
