package dev.aeon.spoke.api;

import dev.aeon.spoke.model.SpokeException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the contract's JSON, with limits. */
public final class ApiJson {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_STRING = 24 << 20;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_STRING)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ApiJson() {}

  public static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** The same for people to read. */
  public static byte[] writeIndented(Object value) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
  }

  /**
   * Reads a value.
   *
   * @throws SpokeException of the given code where the bytes are no JSON of the type
   */
  public static <T> T read(byte[] bytes, Class<T> type, SpokeException.Code onError) {
    try {
      T value = MAPPER.readValue(bytes, type);
      if (value == null) {
        throw new SpokeException(onError, "malformed JSON, a value is null");
      }
      return value;
    } catch (JacksonException e) {
      throw new SpokeException(onError, "malformed JSON, cause=" + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads a value as its bytes come.
   *
   * @throws SpokeException of the given code where the bytes are no JSON of the type; what {@code
   *     in} throws of that kind as it is
   */
  public static <T> T read(InputStream in, Class<T> type, SpokeException.Code onError) {
    try {
      T value = MAPPER.readValue(in, type);
      if (value == null) {
        throw new SpokeException(onError, "malformed JSON, a value is null");
      }
      return value;
    } catch (JacksonException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof SpokeException known) {
          throw known;
        }
      }
      throw new SpokeException(onError, "malformed JSON, cause=" + e.getOriginalMessage(), e);
    }
  }
}
