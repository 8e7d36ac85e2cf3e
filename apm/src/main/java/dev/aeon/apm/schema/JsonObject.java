package dev.aeon.apm.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An immutable JSON object that keeps every field it was read with, in order. Safe for use by many
 * threads.
 *
 * <p>Typed getters throw {@link NoSuchElementException} where the field is absent or of another
 * type; the {@code find} forms answer empty then.
 */
public final class JsonObject {
  private static final JsonObject EMPTY = new JsonObject(JsonNodeFactory.instance.objectNode());

  private final ObjectNode node;

  private JsonObject(ObjectNode node) {
    this.node = node;
  }

  public static JsonObject empty() {
    return EMPTY;
  }

  /** A view of {@code node}, which the caller hands over and never changes again. */
  public static JsonObject wrap(ObjectNode node) {
    return new JsonObject(node);
  }

  public static JsonObjectBuilder builder() {
    return new JsonObjectBuilder(JsonNodeFactory.instance.objectNode());
  }

  /** A builder that starts with this object's fields. */
  public JsonObjectBuilder toBuilder() {
    return new JsonObjectBuilder(node.deepCopy());
  }

  /** A tree of its own, which the caller may change. */
  public ObjectNode copyNode() {
    return node.deepCopy();
  }

  public Set<String> names() {
    return Set.copyOf(node.propertyNames());
  }

  public boolean has(String name) {
    return node.hasNonNull(name);
  }

  public Optional<String> findString(String name) {
    return find(name).filter(JsonNode::isString).map(JsonNode::stringValue);
  }

  public String string(String name) {
    return require(name, findString(name));
  }

  public Optional<Double> findDouble(String name) {
    return find(name).filter(JsonNode::isNumber).map(value -> value.decimalValue().doubleValue());
  }

  public double number(String name) {
    return require(name, findDouble(name));
  }

  /** The field as a whole number; empty where it has a fraction or does not fit 64 bits. */
  public Optional<Long> findLong(String name) {
    return find(name).filter(Numbers::isLong).map(value -> value.decimalValue().longValueExact());
  }

  public long integer(String name) {
    return require(name, findLong(name));
  }

  public Optional<Boolean> findBoolean(String name) {
    return find(name).filter(JsonNode::isBoolean).map(JsonNode::booleanValue);
  }

  public Optional<JsonObject> findObject(String name) {
    return find(name).filter(JsonNode::isObject).map(value -> wrap((ObjectNode) value));
  }

  public JsonObject object(String name) {
    return require(name, findObject(name));
  }

  /** The strings of an array; empty where the field is absent, other elements left out. */
  public List<String> strings(String name) {
    return elements(name).stream().filter(JsonNode::isString).map(JsonNode::stringValue).toList();
  }

  /** The objects of an array; empty where the field is absent, other elements left out. */
  public List<JsonObject> objects(String name) {
    return elements(name).stream()
        .filter(JsonNode::isObject)
        .map(value -> wrap((ObjectNode) value))
        .toList();
  }

  /** This object without the field {@code name}. */
  public JsonObject without(String name) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    node.properties().stream()
        .filter(field -> !field.getKey().equals(name))
        .forEach(field -> copy.set(field.getKey(), field.getValue()));
    return new JsonObject(copy);
  }

  ObjectNode node() {
    return node;
  }

  private Optional<JsonNode> find(String name) {
    return Optional.ofNullable(node.get(name));
  }

  private List<JsonNode> elements(String name) {
    List<JsonNode> elements = new ArrayList<>();
    find(name).filter(JsonNode::isArray).ifPresent(array -> array.forEach(elements::add));
    return elements;
  }

  private static <T> T require(String name, Optional<T> value) {
    return value.orElseThrow(
        () -> new NoSuchElementException("no such field of that type: name=" + name));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonObject object && node.equals(object.node);
  }

  @Override
  public int hashCode() {
    return node.hashCode();
  }

  /** The object as JSON text on one line. */
  @Override
  public String toString() {
    return node.toString();
  }
}
