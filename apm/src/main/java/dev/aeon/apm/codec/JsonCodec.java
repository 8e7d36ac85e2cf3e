package dev.aeon.apm.codec;

import dev.aeon.apm.message.Message;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Violation;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns messages into lines of JSON and back (resolutions 42 to 44). Safe for use by many threads.
 */
public final class JsonCodec {
  /** The most bytes of a message, its newline not counted. */
  public static final int MAX_BYTE_SIZE = 1_048_576;

  /** How deep objects and arrays may lie in one another. */
  public static final int MAX_DEPTH = 64;

  private static final int MAX_NUMBER_LENGTH = 1000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(factory())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonCodec() {}

  private static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNumberLength(MAX_NUMBER_LENGTH)
                .maxStringLength(MAX_BYTE_SIZE)
                .maxNameLength(MAX_BYTE_SIZE)
                .build())
        .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
        .build();
  }

  /**
   * Reads a line; a carriage return at its end is tolerated.
   *
   * @param line the bytes without their newline
   * @throws InvalidMessageException where the line is too long, or is not exactly one JSON object
   *     in UTF-8 without duplicate keys, byte order mark, lone surrogates and numbers that JSON
   *     does not have
   */
  public static DecodedMessage decode(byte[] line) {
    checkSize(line.length);
    String text = Utf8.decode(line);
    JsonNode node = parse(text);
    if (!(node instanceof ObjectNode object)) {
      throw malformed("not a JSON object");
    }
    Surrogates.check(object);
    return new DecodedMessage(JsonObject.wrap(object));
  }

  /**
   * Writes a message as one line, without the newline.
   *
   * @throws InvalidMessageException where the message is too long or too deep, or holds a lone
   *     surrogate
   */
  public static byte[] encode(Message message) {
    return encode(message.toJson());
  }

  static byte[] encode(JsonObject object) {
    ObjectNode node = object.copyNode();
    Surrogates.check(node);
    byte[] line = write(node);
    checkSize(line.length);
    return line;
  }

  private static byte[] write(ObjectNode node) {
    try {
      return MAPPER.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
    } catch (JacksonException e) {
      throw malformed(e.getOriginalMessage());
    }
  }

  private static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw malformed(e.getOriginalMessage() + where(e));
    }
  }

  private static String where(JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    return location == null ? "" : ": charOffset=" + location.getCharOffset();
  }

  private static void checkSize(int byteSize) {
    if (byteSize > MAX_BYTE_SIZE) {
      throw new InvalidMessageException(
          new Violation(
              "",
              ErrorCode.E_VALIDATION_005,
              "too long: byteSize=" + byteSize + " limit=" + MAX_BYTE_SIZE));
    }
  }

  static InvalidMessageException malformed(String detail) {
    return new InvalidMessageException(new Violation("", ErrorCode.E_PROTOCOL_002, detail));
  }
}
