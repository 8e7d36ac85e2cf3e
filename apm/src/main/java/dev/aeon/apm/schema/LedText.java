package dev.aeon.apm.schema;

import java.io.ByteArrayOutputStream;

/**
 * The text of an object in which one number comes first, so that who reads the text finds it at a
 * known offset: {@code {"metadata":{"seq":7,…},…}}. All other fields keep their bytes and order.
 */
final class LedText {
  private final JsonIndex json;
  private final ByteArrayOutputStream text;

  private LedText(JsonIndex json, int byteSizeGuess) {
    this.json = json;
    this.text = new ByteArrayOutputStream(byteSizeGuess);
  }

  /** {@code object} with the number {@code field} first in its object {@code name}. */
  static byte[] of(JsonIndex json, int object, String name, String field, long number) {
    int byteSize = json.end(object) - json.start(object);
    LedText led = new LedText(json, byteSize + name.length() + field.length() + 32);
    led.text.writeBytes(Json.ascii("{\"" + name + "\":{\"" + field + "\":" + number));
    int inner = json.find(object, name);
    if (inner >= 0 && json.isObject(inner)) {
      led.others(inner, json.find(inner, field));
    }
    led.text.write('}');
    led.others(object, inner);
    led.text.write('}');
    byte[] text = led.text.toByteArray();
    Json.joinLines(text);
    return text;
  }

  private void others(int object, int left) {
    for (int name = object + 1; name < json.next(object); name = json.next(name + 1)) {
      if (name + 1 != left) {
        text.write(',');
        int start = json.rawStart(name);
        text.write(json.bytes(), start, json.rawEnd(name + 1) - start);
      }
    }
  }
}
