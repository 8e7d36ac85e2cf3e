package dev.aeon.spoke.http;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON schemas of the records that bodies are; records are named, so that they are told of once.
 */
final class JsonSchemas {
  private final Map<String, Object> named = new TreeMap<>();

  /** A reference to a type's schema, or the schema itself where the type has no name. */
  Map<String, Object> of(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      Type[] arguments = parameterized.getActualTypeArguments();
      Type last = arguments[arguments.length - 1];
      return parameterized.getRawType() == Map.class
          ? Map.of("type", "object", "additionalProperties", of(last))
          : Map.of("type", "array", "items", of(last));
    }
    Class<?> plain = (Class<?>) type;
    return plain.isRecord() ? reference(plain) : Map.of("type", simple(plain));
  }

  private static String simple(Class<?> type) {
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "integer";
    }
    if (type == double.class || type == float.class) {
      return "number";
    }
    return type == boolean.class ? "boolean" : "string";
  }

  private Map<String, Object> reference(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    String name = (outer == null ? "" : outer.getSimpleName()) + type.getSimpleName();
    if (!named.containsKey(name)) {
      named.put(name, Map.of());
      Map<String, Object> properties = new LinkedHashMap<>();
      for (RecordComponent component : type.getRecordComponents()) {
        properties.put(component.getName(), of(component.getGenericType()));
      }
      named.put(name, Map.of("type", "object", "properties", properties));
    }
    return Map.of("$ref", "#/components/schemas/" + name);
  }

  /** All schemas that were referred to. */
  Map<String, Object> named() {
    return named;
  }
}
