package dev.aeon.apm.schema;

import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Builds a {@link JsonObject} field by field; a name given twice keeps its last value. */
public final class JsonObjectBuilder {
  private final ObjectNode node;

  JsonObjectBuilder(ObjectNode node) {
    this.node = node;
  }

  public JsonObjectBuilder put(String name, String value) {
    node.put(name, value);
    return this;
  }

  /** Puts a whole number, in the form in which it would be read back. */
  public JsonObjectBuilder put(String name, long value) {
    if (value == (int) value) {
      node.put(name, (int) value);
    } else {
      node.put(name, value);
    }
    return this;
  }

  /**
   * Puts a number, in the form in which it would be read back.
   *
   * @throws IllegalArgumentException where {@code value} is not finite: JSON has no such number
   */
  public JsonObjectBuilder put(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not a JSON number: name=" + name + " value=" + value);
    }
    node.put(name, BigDecimal.valueOf(value));
    return this;
  }

  public JsonObjectBuilder put(String name, boolean value) {
    node.put(name, value);
    return this;
  }

  public JsonObjectBuilder put(String name, WireNamed value) {
    return put(name, value.wireName());
  }

  public JsonObjectBuilder put(String name, JsonObject value) {
    node.set(name, value.copyNode());
    return this;
  }

  public JsonObjectBuilder putStrings(String name, List<String> values) {
    ArrayNode array = node.putArray(name);
    values.forEach(array::add);
    return this;
  }

  public JsonObjectBuilder putObjects(String name, List<JsonObject> values) {
    ArrayNode array = node.putArray(name);
    values.forEach(value -> array.add(value.copyNode()));
    return this;
  }

  public JsonObject build() {
    return JsonObject.wrap(node.deepCopy());
  }
}
