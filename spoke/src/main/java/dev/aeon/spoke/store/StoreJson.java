package dev.aeon.spoke.store;

import dev.aeon.spoke.model.SpokeException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The store's JSON files, indented so that people can read them. */
final class StoreJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private StoreJson() {}

  static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  static <T> T read(byte[] bytes, Class<T> type) {
    try {
      return MAPPER.readValue(bytes, type);
    } catch (JacksonException e) {
      throw new SpokeException(
          SpokeException.Code.INTERNAL,
          "a file of the store is damaged, type="
              + type.getSimpleName()
              + " cause="
              + e.getOriginalMessage(),
          e);
    }
  }
}
