package dev.aeon.spoke.validate.parity;

import java.util.List;
import java.util.Random;

/** Makes up schemas; the same seed makes the same schema. Some names are in bad style. */
final class SchemaMaker {
  static final List<String> SCALARS =
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
          "sfixed64",
          "bool",
          "string",
          "bytes");
  private static final List<String> MAP_KEYS = List.of("int32", "string", "uint64", "bool");
  private static final int ONE_IN_SO_MANY_IS_BADLY_NAMED = 6;

  private final Random random;
  private final Schema schema = new Schema();

  private SchemaMaker(long seed) {
    this.random = new Random(seed);
  }

  static Schema make(long seed, String packageName) {
    SchemaMaker maker = new SchemaMaker(seed);
    maker.fill(packageName);
    return maker.schema;
  }

  private void fill(String packageName) {
    Schema.Syntax[] all = Schema.Syntax.values();
    schema.syntax = all[random.nextInt(all.length)];
    schema.packageName = packageName;
    if (random.nextBoolean()) {
      schema.options.put("java_package", "\"com." + packageName + "\"");
      schema.options.put("go_package", "\"example/" + packageName + "\"");
    }
    if (random.nextInt(4) == 0) {
      schema.imports.add("google/protobuf/empty.proto");
    }
    schema.enums.add(enumeration("Color"));
    schema.messages.add(message("Order", 1));
    schema.messages.add(message("Line", 0));
    schema.messages.add(message("Reply", 0));
    schema.services.add(service());
  }

  private String styled(String good, String bad) {
    return random.nextInt(ONE_IN_SO_MANY_IS_BADLY_NAMED) == 0 ? bad : good;
  }

  private Schema.Enumeration enumeration(String name) {
    Schema.Enumeration result = new Schema.Enumeration();
    result.name = styled(name, name.toLowerCase(java.util.Locale.ROOT) + "_kind");
    String prefix = styled(name.toUpperCase(java.util.Locale.ROOT) + "_", "");
    result.values.add(new Schema.Value(prefix + name + styled("_UNSPECIFIED", "_NONE"), 0));
    for (int i = 1; i < 3 + random.nextInt(3); i++) {
      result.values.add(new Schema.Value(prefix + name.charAt(0) + "_VALUE_" + i, i));
    }
    if (random.nextBoolean()) {
      result.reserved.add("20 to 30");
      result.reserved.add(reservedName("OLD_" + name));
    }
    return result;
  }

  String reservedName(String name) {
    return schema.syntax == Schema.Syntax.EDITION_2023 ? name : "\"" + name + "\"";
  }

  private Schema.Message message(String name, int depth) {
    Schema.Message result = new Schema.Message();
    result.name = styled(name, name + "_message");
    if (depth > 0) {
      result.messages.add(message("Inner" + name, depth - 1));
      result.enums.add(enumeration("Mode"));
    }
    for (int number = 1; number <= 4 + random.nextInt(5); number++) {
      result.fields.add(field(result, number));
    }
    if (random.nextBoolean()) {
      result.reserved.add("100 to 110, 120");
      result.reserved.add(reservedName("old_field"));
    }
    if (schema.syntax != Schema.Syntax.PROTO3 && random.nextInt(3) == 0) {
      result.extensionRange = "200 to 299";
    }
    return result;
  }

  private Schema.Field field(Schema.Message message, int number) {
    Schema.Field result = new Schema.Field();
    result.number = number;
    result.name = styled("field_" + number, "fieldNumber" + number);
    int kind = random.nextInt(12);
    if (kind == 0) {
      result.type = "map<%s, %s>".formatted(oneOf(MAP_KEYS), oneOf(SCALARS));
    } else if (kind == 1 && !message.enums.isEmpty()) {
      result.type = message.enums.getFirst().name;
    } else if (kind == 2) {
      result.type = "." + schema.packageName + "." + schema.enums.getFirst().name;
    } else if (kind == 3 && !message.messages.isEmpty()) {
      result.type = message.messages.getFirst().name;
    } else {
      result.type = oneOf(SCALARS);
    }
    if (kind > 0) {
      labelAndOneof(result);
    }
    return result;
  }

  private void labelAndOneof(Schema.Field field) {
    int choice = random.nextInt(6);
    if (choice == 0) {
      field.oneof = "choice";
    } else if (choice == 1) {
      field.label = "repeated";
    } else if (schema.syntax == Schema.Syntax.PROTO2) {
      field.label = choice == 2 ? "required" : "optional";
    } else if (schema.syntax == Schema.Syntax.PROTO3 && choice == 2) {
      field.label = "optional";
    }
    boolean canDefault = schema.syntax != Schema.Syntax.PROTO3 && field.label.equals("optional");
    if (canDefault && field.type.equals("int32")) {
      field.options.put("default", "7");
    }
  }

  private Schema.Service service() {
    Schema.Service result = new Schema.Service();
    result.name = styled("OrderService", "orders");
    for (String name : List.of("GetOrder", "ListOrders", "DropOrder")) {
      Schema.Method method = new Schema.Method();
      method.name = styled(name, "do_" + name);
      method.input = schema.messages.get(random.nextInt(3)).name;
      method.output = schema.messages.get(random.nextInt(3)).name;
      method.streamsInput = random.nextInt(4) == 0;
      method.streamsOutput = random.nextInt(4) == 0;
      result.methods.add(method);
    }
    return result;
  }

  private String oneOf(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
