package dev.aeon.apm.codec;

import dev.aeon.apm.message.Message;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.MessageSize;
import dev.aeon.apm.schema.Violation;

/**
 * Turns messages into lines of JSON and back (resolutions 42 to 44). Safe for use by many threads.
 */
public final class JsonCodec {
  /** The most bytes of a message, its newline not counted. */
  public static final int MAX_BYTE_SIZE = MessageSize.MAX_BYTE_SIZE;

  /** How deep objects and arrays may lie in one another. */
  public static final int MAX_DEPTH = JsonObject.MAX_DEPTH;

  private JsonCodec() {}

  /**
   * Reads a line; a carriage return at its end is tolerated.
   *
   * @param line the bytes without their newline, handed over and never changed again
   * @throws InvalidMessageException where the line is too long, or is not exactly one JSON object
   *     in UTF-8 without duplicate keys, byte order mark, lone surrogates and numbers that JSON
   *     does not have
   */
  public static DecodedMessage decode(byte[] line) {
    MessageSize.check(line.length);
    return new DecodedMessage(JsonObject.parse(line));
  }

  /**
   * Writes a message as one line, without the newline. What the message was read from is written
   * again byte for byte, line breaks between tokens apart.
   *
   * @throws InvalidMessageException where the message is too long or too deep
   */
  public static byte[] encode(Message message) {
    return encode(message.toJson());
  }

  static byte[] encode(JsonObject object) {
    byte[] line = object.toBytes();
    MessageSize.check(line.length);
    if (object.depth() > MAX_DEPTH) {
      throw new InvalidMessageException(
          new Violation("", ErrorCode.E_PROTOCOL_002, "too deep: limit=" + MAX_DEPTH));
    }
    return line;
  }
}
