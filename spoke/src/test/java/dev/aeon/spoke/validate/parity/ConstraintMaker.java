package dev.aeon.spoke.validate.parity;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes up schemas with constraints, many of them senseless; the same seed makes the same one. */
final class ConstraintMaker {
  private static final List<String> NUMBERS =
      List.of(
          "double",
          "float",
          "int32",
          "int64",
          "uint32",
          "uint64",
          "sint32",
          "sint64",
          "fixed32",
          "fixed64",
          "sfixed32",
          "sfixed64");
  private static final Map<String, String> MESSAGES =
      Map.of(
          "google.protobuf.Duration", "duration",
          "google.protobuf.Timestamp", "timestamp",
          "google.protobuf.Any", "any",
          "google.protobuf.FieldMask", "field_mask",
          "google.protobuf.Int32Value", "int32",
          "google.protobuf.StringValue", "string",
          "google.protobuf.BoolValue", "bool");
  private static final List<String> EXPRESSIONS =
      List.of(
          "this > 1",
          "this == this",
          "size(this) > 2",
          "this.startsWith('a')",
          "this.isEmail() && this.isIp(4) && this.isHostAndPort(true)",
          "this.unknown_field > 1",
          "this +",
          "now > this",
          "''",
          "1 + 1",
          "this.all(x, x > 1)",
          "this.nothing()",
          " ",
          "this < duration('1s')",
          "this in [1, 2]",
          "true ? 'x' : ''",
          "this ? '' : 'b'",
          "unknown + other",
          "this.unique()",
          "'%s'.format([1])",
          "this.map(x, [x])",
          "[1, 2]",
          "{'a': this}");

  private final Random random;

  private ConstraintMaker(long seed) {
    this.random = new Random(seed);
  }

  static String make(long seed, String packageName) {
    ConstraintMaker maker = new ConstraintMaker(seed);
    StringBuilder text = new StringBuilder("syntax = \"proto3\";\npackage " + packageName + ";\n");
    for (String file : List.of("any", "duration", "field_mask", "timestamp", "wrappers")) {
      text.append("import \"google/protobuf/").append(file).append(".proto\";\n");
    }
    text.append("import \"buf/validate/validate.proto\";\n");
    text.append("enum Color {\n  COLOR_NONE = 0;\n  COLOR_RED = 1;\n}\n");
    text.append("message Made {\n");
    maker.messageRules().forEach(rule -> text.append("  option ").append(rule).append(";\n"));
    for (int number = 1; number <= 8; number++) {
      text.append(maker.field(number));
    }
    return text.append("}\n").toString();
  }

  private List<String> messageRules() {
    List<String> rules = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      rules.add("(buf.validate.message).cel = " + cel());
    }
    if (random.nextInt(4) == 0) {
      rules.add("(buf.validate.message).oneof = {fields: [\"f1\", \"f2\", \"f1\"]}");
      rules.add("(buf.validate.message).oneof = {fields: [\"f2\", \"gone\"]}");
    }
    return rules;
  }

  private String field(int number) {
    String name = "f" + number;
    int kind = random.nextInt(10);
    String type = type();
    Set<String> rules = new LinkedHashSet<>();
    String label = "";
    if (kind == 0) {
      label = "repeated ";
      rules.addAll(collection("repeated", "items"));
      rules.addAll(rulesOf(type, ".repeated.items"));
    } else if (kind == 1) {
      rules.addAll(collection("map", "pairs"));
      rules.addAll(rulesOf("string", ".map.keys"));
      rules.addAll(rulesOf(type, ".map.values"));
      type = "map<string, " + type + ">";
    } else {
      label = kind == 2 ? "optional " : "";
      rules.addAll(rulesOf(random.nextInt(8) == 0 ? type() : type, ""));
    }
    if (random.nextInt(4) == 0) {
      rules.add("(buf.validate.field).cel = " + cel());
    }
    if (random.nextInt(6) == 0) {
      rules.add("(buf.validate.field).required = true");
    }
    if (random.nextInt(6) == 0) {
      rules.add("(buf.validate.field).ignore = " + oneOf("IGNORE_ALWAYS", "IGNORE_IF_ZERO_VALUE"));
    }
    String options = rules.isEmpty() ? "" : " [" + String.join(",\n      ", rules) + "]";
    String text = "%s%s %s = %d%s;\n".formatted(label, type, name, number, options);
    return kind == 3 ? "  oneof o%d {\n    %s  }\n".formatted(number, text) : "  " + text;
  }

  private List<String> collection(String rules, String of) {
    List<String> all = new ArrayList<>();
    String prefix = "(buf.validate.field)." + rules + ".";
    if (random.nextBoolean()) {
      all.add(prefix + "min_" + of + " = " + random.nextInt(4));
    }
    if (random.nextBoolean()) {
      all.add(prefix + "max_" + of + " = " + random.nextInt(4));
    }
    if (rules.equals("repeated") && random.nextBoolean()) {
      all.add(prefix + "unique = true");
    }
    return all;
  }

  private String type() {
    return switch (random.nextInt(6)) {
      case 0 -> "string";
      case 1 -> "bytes";
      case 2 -> oneOf("bool", "Color");
      case 3 -> MESSAGES.keySet().stream().sorted().toList().get(random.nextInt(MESSAGES.size()));
      default -> NUMBERS.get(random.nextInt(NUMBERS.size()));
    };
  }

  private Set<String> rulesOf(String type, String inside) {
    String rules = MESSAGES.getOrDefault(type, type.equals("Color") ? "enum" : type);
    String prefix = "(buf.validate.field)" + inside + "." + rules + ".";
    Set<String> names = new LinkedHashSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String name = oneOf(namesOf(rules));
      boolean fails = name.equals("example") && !inside.isEmpty() && !type.equals(rules);
      if (fails) {
        continue; // buf stops with a fault on items of messages and of enums.
      }
      boolean isBounded = names.stream().anyMatch(each -> isSameBound(each, name));
      if (!isBounded) {
        names.add(name);
      }
    }
    return names.stream()
        .map(name -> prefix + name + " = " + value(rules, name))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Of the rules on one end of a range, a schema may set one. */
  private static boolean isSameBound(String one, String other) {
    return (one.startsWith("lt") && other.startsWith("lt"))
        || (one.startsWith("gt") && other.startsWith("gt"));
  }

  private static String[] namesOf(String rules) {
    String names =
        switch (rules) {
          case "string" ->
              "const len min_len max_len len_bytes min_bytes max_bytes prefix suffix contains"
                  + " not_contains pattern strict example";
          case "bytes" -> "const len min_len max_len prefix suffix contains pattern example";
          case "bool" -> "const example";
          case "enum" -> "const defined_only in not_in example";
          case "any" -> "in not_in";
          case "field_mask" -> "in not_in";
          case "timestamp" -> "const lt gt gte lt_now gt_now example";
          default -> "const lt gt in not_in example " + (rules.length() % 2 == 0 ? "lte" : "gte");
        };
    return names.split(" ");
  }

  private String value(String rules, String name) {
    return switch (rules) {
      case "string", "bytes" -> text(name);
      case "bool" -> oneOf("true", "false");
      case "enum" -> name.equals("defined_only") ? "true" : String.valueOf(random.nextInt(3));
      case "any" -> "\"type.googleapis.com/a\"";
      case "field_mask" -> "\"f" + random.nextInt(2) + "\"";
      case "duration", "timestamp" ->
          name.equals("example")
              ? "{seconds: 1}"
              : name.endsWith("_now")
                  ? "true"
                  : "{seconds: %d, nanos: %d}".formatted(random.nextInt(2), random.nextInt(3) - 1);
      case "float", "double" -> oneOf("1", "2.5", "nan", "1");
      default -> String.valueOf(random.nextInt(3));
    };
  }

  private String text(String name) {
    return switch (name) {
      case "const", "prefix", "suffix", "contains", "not_contains", "example" ->
          oneOf("\"a\"", "\"cb\"", "\"abc\"", "\"b\"");
      case "pattern" -> oneOf("\"a+\"", "\"[\"", "\"(b\"", "\"a**\"", "\"\\\\pX\"");
      case "strict" -> "false";
      default -> String.valueOf(random.nextInt(4));
    };
  }

  private String cel() {
    return "{id: \"%s\", message: \"%s\", expression: \"%s\"}"
        .formatted(
            oneOf("a", "b", "", "?"),
            oneOf("", "wrong"),
            oneOf(EXPRESSIONS.toArray(String[]::new)));
  }

  private String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
