package dev.aeon.apm.schema;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds a {@link JsonObject} field by field; a name given twice keeps its last value. Fields taken
 * over from another object keep their bytes. Confined to one thread.
 */
public final class JsonObjectBuilder {
  /** Each field's text, {@code "name":value}. */
  private final Map<String, byte[]> fields = new LinkedHashMap<>();

  JsonObjectBuilder() {}

  JsonObjectBuilder(JsonIndex json, int object) {
    for (int name = object + 1; name < json.next(object); name = json.next(name + 1)) {
      byte[] field = Json.oneLine(json.bytes(), json.rawStart(name), json.rawEnd(name + 1));
      fields.put(json.string(name), field);
    }
  }

  /**
   * Puts a string.
   *
   * @throws InvalidMessageException where it holds half a character
   */
  public JsonObjectBuilder put(String name, String value) {
    return putRaw(name, Json.quote(value));
  }

  public JsonObjectBuilder put(String name, long value) {
    return putRaw(name, Json.ascii(Long.toString(value)));
  }

  /**
   * Puts a number.
   *
   * @throws IllegalArgumentException where {@code value} is not finite: JSON has no such number
   */
  public JsonObjectBuilder put(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not a JSON number: name=" + name + " value=" + value);
    }
    return putRaw(name, Json.ascii(BigDecimal.valueOf(value).toString()));
  }

  public JsonObjectBuilder put(String name, boolean value) {
    return putRaw(name, Json.ascii(Boolean.toString(value)));
  }

  public JsonObjectBuilder put(String name, WireNamed value) {
    return put(name, value.wireName());
  }

  public JsonObjectBuilder put(String name, JsonObject value) {
    return putRaw(name, value.toBytes());
  }

  public JsonObjectBuilder putStrings(String name, List<String> values) {
    return putArray(name, values.stream().map(Json::quote).toList());
  }

  public JsonObjectBuilder putObjects(String name, List<JsonObject> values) {
    return putArray(name, values.stream().map(JsonObject::toBytes).toList());
  }

  /** Takes a field out; nothing happens where there is none. */
  public JsonObjectBuilder remove(String name) {
    fields.remove(name);
    return this;
  }

  /**
   * Builds it.
   *
   * @throws InvalidMessageException where it has four levels more than a message may have
   */
  public JsonObject build() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    writeJoined(text, '{', fields.values(), '}');
    return JsonObject.parseBuilt(text.toByteArray());
  }

  private JsonObjectBuilder putArray(String name, List<byte[]> elements) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    writeJoined(text, '[', elements, ']');
    return putRaw(name, text.toByteArray());
  }

  private JsonObjectBuilder putRaw(String name, byte[] value) {
    fields.put(name, Json.field(name, value));
    return this;
  }

  private static void writeJoined(
      ByteArrayOutputStream text, char opening, Iterable<byte[]> parts, char closing) {
    char before = opening;
    for (byte[] part : parts) {
      text.write(before);
      text.writeBytes(part);
      before = ',';
    }
    if (before == opening) {
      text.write(opening);
    }
    text.write(closing);
  }
}
