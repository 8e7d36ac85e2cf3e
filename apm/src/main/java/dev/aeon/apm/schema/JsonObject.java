package dev.aeon.apm.schema;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An immutable JSON object that keeps its text: every field it was read with is written again byte
 * for byte, known or not. Safe for use by many threads.
 *
 * <p>Typed getters throw {@link NoSuchElementException} where the field is absent or of another
 * type; the {@code find} forms answer empty then.
 */
public final class JsonObject {
  /** How deep objects and arrays may lie in one another. */
  public static final int MAX_DEPTH = 64;

  /** What is built may wrap what was read, such as a message in a record about it. */
  private static final int MAX_BUILT_DEPTH = MAX_DEPTH + 4;

  private static final JsonObject EMPTY = builder().build();
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final JsonIndex json;
  private final int entry;

  private JsonObject(JsonIndex json, int entry) {
    this.json = json;
    this.entry = entry;
  }

  public static JsonObject empty() {
    return EMPTY;
  }

  /**
   * Reads one object.
   *
   * @param text UTF-8, handed over and never changed again
   * @throws InvalidMessageException E_PROTOCOL_002 where it is anything but one JSON object without
   *     duplicate names, half characters and more than {@value #MAX_DEPTH} levels; says where
   */
  public static JsonObject parse(byte[] text) {
    return new JsonObject(JsonScanner.scan(text, MAX_DEPTH), 0);
  }

  /** As {@link #parse}, for what a builder wrote: it may be a few levels deeper. */
  public static JsonObject parseBuilt(byte[] text) {
    return new JsonObject(JsonScanner.scan(text, MAX_BUILT_DEPTH), 0);
  }

  /** How many levels there are; an object of plain fields has one. */
  public int depth() {
    return json.depth(entry);
  }

  /** The object that is an entry of {@code json}. */
  public static JsonObject of(JsonIndex json, int object) {
    return new JsonObject(json, object);
  }

  public static JsonObjectBuilder builder() {
    return new JsonObjectBuilder();
  }

  /** A builder that starts with this object's fields. */
  public JsonObjectBuilder toBuilder() {
    return new JsonObjectBuilder(json, entry);
  }

  /** A tree of its own, which the caller may change. */
  public ObjectNode copyNode() {
    return (ObjectNode) MAPPER.readTree(toString());
  }

  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (int name = entry + 1; name < json.next(entry); name = json.next(name + 1)) {
      names.add(json.string(name));
    }
    return names;
  }

  /** Whether there is such a field, and it is not null. */
  public boolean has(String name) {
    int value = json.find(entry, name);
    return value >= 0 && !json.isNull(value);
  }

  public Optional<String> findString(String name) {
    int value = json.find(entry, name);
    return value >= 0 && json.isString(value) ? Optional.of(json.string(value)) : Optional.empty();
  }

  public String string(String name) {
    return require(name, findString(name));
  }

  public Optional<Double> findDouble(String name) {
    int value = json.find(entry, name);
    return value >= 0 && json.isNumber(value)
        ? Optional.of(json.doubleValue(value))
        : Optional.empty();
  }

  public double number(String name) {
    return require(name, findDouble(name));
  }

  /** The field as a whole number; empty where it has a fraction or does not fit 64 bits. */
  public Optional<Long> findLong(String name) {
    int value = json.find(entry, name);
    return value >= 0 && json.isNumber(value) && json.isLong(value)
        ? Optional.of(json.longValue(value))
        : Optional.empty();
  }

  public long integer(String name) {
    return require(name, findLong(name));
  }

  public Optional<Boolean> findBoolean(String name) {
    int value = json.find(entry, name);
    return value >= 0 && json.isBoolean(value)
        ? Optional.of(json.booleanValue(value))
        : Optional.empty();
  }

  public Optional<JsonObject> findObject(String name) {
    int value = json.find(entry, name);
    return value >= 0 && json.isObject(value)
        ? Optional.of(new JsonObject(json, value))
        : Optional.empty();
  }

  public JsonObject object(String name) {
    return require(name, findObject(name));
  }

  /** Whether the field is the string {@code text}. */
  public boolean says(String name, String text) {
    int value = json.find(entry, name);
    return value >= 0 && json.isString(value) && json.textEquals(value, text);
  }

  /** The strings of an array; empty where the field is absent, other elements left out. */
  public List<String> strings(String name) {
    List<String> strings = new ArrayList<>();
    for (int element : elements(name)) {
      if (json.isString(element)) {
        strings.add(json.string(element));
      }
    }
    return List.copyOf(strings);
  }

  /** The objects of an array; empty where the field is absent, other elements left out. */
  public List<JsonObject> objects(String name) {
    List<JsonObject> objects = new ArrayList<>();
    for (int element : elements(name)) {
      if (json.isObject(element)) {
        objects.add(new JsonObject(json, element));
      }
    }
    return List.copyOf(objects);
  }

  /** Adds to {@code violations}, whose path is this object's, what breaks {@code rule}. */
  public void check(FieldRule rule, Violations violations) {
    rule.check(json, entry, violations);
  }

  /** This object without the field {@code name}. */
  public JsonObject without(String name) {
    return toBuilder().remove(name).build();
  }

  /** How long the object's text is in UTF-8, as it was read or built. */
  public int byteSize() {
    return json.end(entry) - json.start(entry);
  }

  /** The object's text in UTF-8 without line breaks, an array of the caller's own. */
  public byte[] toBytes() {
    return Json.oneLine(json.bytes(), json.start(entry), json.end(entry));
  }

  /**
   * As {@link #toBytes}, beginning with the object {@code name} and that with the number {@code
   * field}. What was there under those names is replaced or moved, everything else keeps its bytes.
   */
  public byte[] toBytesLedBy(String name, String field, long number) {
    return LedText.of(json, entry, name, field, number);
  }

  private List<Integer> elements(String name) {
    int array = json.find(entry, name);
    List<Integer> elements = new ArrayList<>();
    if (array >= 0 && json.isArray(array)) {
      for (int each = array + 1; each < json.next(array); each = json.next(each)) {
        elements.add(each);
      }
    }
    return elements;
  }

  private static <T> T require(String name, Optional<T> value) {
    return value.orElseThrow(
        () -> new NoSuchElementException("no such field of that type: name=" + name));
  }

  /** Whether {@code other} says the same, in whatever order and spacing. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonObject object
        && (toString().equals(object.toString()) || copyNode().equals(object.copyNode()));
  }

  @Override
  public int hashCode() {
    return copyNode().hashCode();
  }

  /** The object's JSON text as it stands. */
  @Override
  public String toString() {
    return json.raw(entry);
  }
}
