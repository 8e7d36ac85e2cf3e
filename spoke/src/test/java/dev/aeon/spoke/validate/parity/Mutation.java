package dev.aeon.spoke.validate.parity;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** A change of a schema that leaves it one that compiles. */
enum Mutation {
  DELETE_FIELD {
    @Override
    void apply(Schema schema, Random random) {
      Schema.Message message = message(schema, random);
      Schema.Field field = message.fields.remove(random.nextInt(message.fields.size()));
      if (random.nextBoolean()) {
        message.reserved.add(Integer.toString(field.number));
      }
      if (random.nextBoolean()) {
        message.reserved.add(reservedName(schema, field.name));
      }
    }
  },
  CHANGE_TYPE {
    @Override
    void apply(Schema schema, Random random) {
      Schema.Field field = field(schema, random);
      field.options.clear();
      changeType(
          schema, field, SchemaMaker.SCALARS.get(random.nextInt(SchemaMaker.SCALARS.size())));
    }
  },
  CHANGE_TO_MESSAGE {
    @Override
    void apply(Schema schema, Random random) {
      Schema.Field field = field(schema, random);
      field.options.clear();
      changeType(schema, field, "." + schema.packageName + "." + schema.messages.getLast().name);
    }
  },
  CHANGE_LABEL {
    @Override
    void apply(Schema schema, Random random) {
      Schema.Field field = field(schema, random);
      boolean hasOptional = schema.syntax != Schema.Syntax.EDITION_2023;
      if (field.oneof.isEmpty() && !field.type.startsWith("map")) {
        field.options.remove("default");
        field.label = field.label.equals("repeated") && hasOptional ? "optional" : "repeated";
      }
    }
  },
  CHANGE_PRESENCE {
    @Override
    void apply(Schema schema, Random random) {
      Schema.Field field = field(schema, random);
      boolean isPlain = field.oneof.isEmpty() && field.label.isEmpty() && isScalar(field);
      if (isPlain && schema.syntax == Schema.Syntax.EDITION_2023) {
        field.options.put(
            "features.field_presence", random.nextBoolean() ? "IMPLICIT" : "LEGACY_REQUIRED");
      } else if (isPlain && schema.syntax == Schema.Syntax.PROTO3) {
        field.label = "optional";
      }
    }
  },
  RENAME_FIELD {
    @Override
    void apply(Schema schema, Random random) {
      field(schema, random).name += random.nextBoolean() ? "_renamed" : "Renamed";
    }
  },
  CHANGE_JSON_NAME {
    @Override
    void apply(Schema schema, Random random) {
      Schema.Field field = field(schema, random);
      field.options.put("json_name", "\"other" + field.number + "\"");
    }
  },
  CHANGE_DEFAULT {
    @Override
    void apply(Schema schema, Random random) {
      Schema.Field field = field(schema, random);
      boolean canDefault =
          schema.syntax != Schema.Syntax.PROTO3
              && !field.label.equals("repeated")
              && isScalar(field)
              && !field.options.containsKey("features.field_presence");
      if (canDefault) {
        field.options.put("default", DEFAULTS.getOrDefault(field.type, "3"));
      }
    }
  },
  CHANGE_JSTYPE {
    @Override
    void apply(Schema schema, Random random) {
      Schema.Field field = field(schema, random);
      if (field.type.endsWith("64")) {
        field.options.put("jstype", random.nextBoolean() ? "JS_STRING" : "JS_NUMBER");
      }
    }
  },
  CHANGE_CTYPE {
    @Override
    void apply(Schema schema, Random random) {
      Schema.Field field = field(schema, random);
      if (field.type.equals("string") || field.type.equals("bytes")) {
        field.options.put("ctype", random.nextBoolean() ? "CORD" : "STRING_PIECE");
      }
    }
  },
  MOVE_BETWEEN_ONEOFS {
    @Override
    void apply(Schema schema, Random random) {
      Schema.Field field = field(schema, random);
      boolean canMove =
          !field.type.startsWith("map")
              && !field.label.equals("repeated")
              && !field.options.containsKey("features.field_presence");
      if (canMove) {
        boolean needsLabel = schema.syntax == Schema.Syntax.PROTO2;
        field.oneof = field.oneof.isEmpty() ? "moved" : random.nextBoolean() ? "" : "other";
        field.label = field.oneof.isEmpty() && needsLabel ? "optional" : "";
      }
    }
  },
  ADD_REQUIRED_FIELD {
    @Override
    void apply(Schema schema, Random random) {
      if (schema.syntax == Schema.Syntax.PROTO2) {
        Schema.Field field = new Schema.Field();
        field.name = "added_" + random.nextInt(1000);
        field.number = 5000 + random.nextInt(10_000);
        field.type = "string";
        field.label = "required";
        message(schema, random).fields.add(field);
      }
    }
  },
  DELETE_ENUM_VALUE {
    @Override
    void apply(Schema schema, Random random) {
      Schema.Enumeration each = enumeration(schema, random);
      if (each.values.size() > 1 && each.options.isEmpty()) {
        Schema.Value value = each.values.removeLast();
        if (random.nextBoolean()) {
          each.reserved.add(Integer.toString(value.number()));
        }
        if (random.nextBoolean()) {
          each.reserved.add(reservedName(schema, value.name()));
        }
      }
    }
  },
  RENAME_ENUM_VALUE {
    @Override
    void apply(Schema schema, Random random) {
      Schema.Enumeration each = enumeration(schema, random);
      int index = random.nextInt(each.values.size());
      Schema.Value value = each.values.get(index);
      each.values.set(index, new Schema.Value(value.name() + "_RENAMED", value.number()));
    }
  },
  ADD_ALIAS {
    @Override
    void apply(Schema schema, Random random) {
      Schema.Enumeration each = enumeration(schema, random);
      if (each.options.stream().noneMatch(option -> option.startsWith("allow_alias"))) {
        each.options.add("allow_alias = true");
        Schema.Value value = each.values.getLast();
        each.values.add(new Schema.Value(value.name() + "_ALIAS", value.number()));
      }
    }
  },
  CHANGE_ENUM_FEATURES {
    @Override
    void apply(Schema schema, Random random) {
      Schema.Enumeration each = enumeration(schema, random);
      if (schema.syntax == Schema.Syntax.EDITION_2023 && each.options.isEmpty()) {
        each.options.add(
            random.nextBoolean()
                ? "features.enum_type = CLOSED"
                : "features.json_format = LEGACY_BEST_EFFORT");
      }
    }
  },
  CHANGE_UTF8_VALIDATION {
    @Override
    void apply(Schema schema, Random random) {
      Schema.Field field = field(schema, random);
      if (schema.syntax == Schema.Syntax.EDITION_2023 && field.type.equals("string")) {
        field.options.put("features.utf8_validation", "NONE");
      }
    }
  },
  DELETE_RESERVED {
    @Override
    void apply(Schema schema, Random random) {
      message(schema, random).reserved.clear();
      enumeration(schema, random).reserved.clear();
    }
  },
  SHRINK_RESERVED {
    @Override
    void apply(Schema schema, Random random) {
      message(schema, random)
          .reserved
          .replaceAll(range -> range.startsWith("100") ? "103 to 107" : range);
    }
  },
  SHRINK_EXTENSIONS {
    @Override
    void apply(Schema schema, Random random) {
      Schema.Message message = message(schema, random);
      if (!message.extensionRange.isEmpty()) {
        message.extensionRange = random.nextBoolean() ? "" : "210 to 220, 250 to max";
      }
    }
  },
  DELETE_NESTED {
    @Override
    void apply(Schema schema, Random random) {
      Schema.Message outer = schema.messages.getFirst();
      outer.messages.clear();
      outer.fields.removeIf(field -> field.type.startsWith("Inner"));
    }
  },
  DELETE_SERVICE {
    @Override
    void apply(Schema schema, Random random) {
      schema.services.clear();
    }
  },
  DELETE_METHOD {
    @Override
    void apply(Schema schema, Random random) {
      schema.services.forEach(service -> service.methods.removeLast());
    }
  },
  CHANGE_METHOD {
    @Override
    void apply(Schema schema, Random random) {
      for (Schema.Service service : schema.services) {
        Schema.Method method = service.methods.getFirst();
        switch (random.nextInt(5)) {
          case 0 -> method.input = schema.messages.get(random.nextInt(3)).name;
          case 1 -> method.output = schema.messages.get(random.nextInt(3)).name;
          case 2 -> method.streamsInput = !method.streamsInput;
          case 3 -> method.streamsOutput = !method.streamsOutput;
          default -> method.idempotency = random.nextBoolean() ? "IDEMPOTENT" : "NO_SIDE_EFFECTS";
        }
      }
    }
  },
  CHANGE_FILE_OPTION {
    @Override
    void apply(Schema schema, Random random) {
      List<Map.Entry<String, String>> all = List.copyOf(FILE_OPTIONS.entrySet());
      Map.Entry<String, String> option = all.get(random.nextInt(all.size()));
      boolean isOfEarlierSyntax =
          option.getKey().equals("java_string_check_utf8")
              && schema.syntax == Schema.Syntax.EDITION_2023;
      if (!isOfEarlierSyntax) {
        schema.options.put(option.getKey(), option.getValue());
      }
    }
  },
  CHANGE_ACCESSOR {
    @Override
    void apply(Schema schema, Random random) {
      Schema.Message message = message(schema, random);
      if (message.options.isEmpty()) {
        message.options.add("no_standard_descriptor_accessor = true");
      }
    }
  },
  MOVE_ENUM {
    @Override
    void apply(Schema schema, Random random) {
      Schema.Message outer = schema.messages.getFirst();
      if (!outer.enums.isEmpty()) {
        schema.enums.add(outer.enums.removeFirst());
      }
    }
  },
  CHANGE_PACKAGE {
    @Override
    void apply(Schema schema, Random random) {
      String changed = schema.packageName.replace(".v1", ".v2");
      schema.allMessages().stream()
          .flatMap(message -> message.fields.stream())
          .forEach(field -> field.type = field.type.replace(schema.packageName, changed));
      schema.packageName = changed;
    }
  },
  CHANGE_NOTHING {
    @Override
    void apply(Schema schema, Random random) {}
  };

  private static final Map<String, String> DEFAULTS =
      Map.of("string", "\"a \\\"b\\\"\"", "bytes", "\"\\001x\"", "bool", "true", "float", "1.5e10");
  private static final Map<String, String> FILE_OPTIONS =
      Map.ofEntries(
          Map.entry("java_package", "\"com.other\""),
          Map.entry("go_package", "\"example/other\""),
          Map.entry("java_multiple_files", "true"),
          Map.entry("java_outer_classname", "\"Other\""),
          Map.entry("java_string_check_utf8", "true"),
          Map.entry("java_generic_services", "true"),
          Map.entry("cc_generic_services", "true"),
          Map.entry("py_generic_services", "true"),
          Map.entry("cc_enable_arenas", "false"),
          Map.entry("csharp_namespace", "\"Other\\\\Name\""),
          Map.entry("objc_class_prefix", "\"OTH\""),
          Map.entry("php_namespace", "\"Other\\\\Name\""),
          Map.entry("php_class_prefix", "\"Oth\""),
          Map.entry("php_metadata_namespace", "\"Other\""),
          Map.entry("ruby_package", "\"Other::Name\""),
          Map.entry("swift_prefix", "\"OTH\""),
          Map.entry("optimize_for", "CODE_SIZE"));

  abstract void apply(Schema schema, Random random);

  private static void changeType(Schema schema, Schema.Field field, String type) {
    boolean wasMap = field.type.startsWith("map");
    field.type = type;
    if (wasMap && schema.syntax == Schema.Syntax.PROTO2) {
      field.label = "optional";
    }
  }

  private static boolean isScalar(Schema.Field field) {
    return SchemaMaker.SCALARS.contains(field.type);
  }

  private static String reservedName(Schema schema, String name) {
    return schema.syntax == Schema.Syntax.EDITION_2023 ? name : "\"" + name + "\"";
  }

  /** A message that still has a field. */
  private static Schema.Message message(Schema schema, Random random) {
    List<Schema.Message> all =
        schema.allMessages().stream().filter(message -> !message.fields.isEmpty()).toList();
    return all.get(random.nextInt(all.size()));
  }

  private static Schema.Field field(Schema schema, Random random) {
    List<Schema.Field> fields = message(schema, random).fields;
    return fields.get(random.nextInt(fields.size()));
  }

  private static Schema.Enumeration enumeration(Schema schema, Random random) {
    List<Schema.Enumeration> all = schema.allEnums();
    return all.get(random.nextInt(all.size()));
  }
}
