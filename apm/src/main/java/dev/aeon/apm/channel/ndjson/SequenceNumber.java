package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.schema.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * The number of a line in its channel, {@code metadata.seq}: 1 for the first. The writer puts it in
 * front of everything, so that it is found without reading the rest; every line counts, also one
 * that is so long that there is no room for its number in it.
 */
final class SequenceNumber {
  /** What a line without a number has. */
  static final long NONE = 0;

  private static final byte[] PREFIX =
      "{\"metadata\":{\"seq\":".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_DIGITS = 18;

  /** How much of a line's beginning says its number. */
  static final int MAX_BYTE_SIZE = PREFIX.length + MAX_DIGITS + 1;

  private SequenceNumber() {}

  /** The message's line with its number, where there is room for it. */
  static byte[] line(Message message, long number) {
    JsonObject fields = message.toJson();
    byte[] line = fields.toBytesLedBy("metadata", "seq", number);
    return line.length <= JsonCodec.MAX_BYTE_SIZE ? line : withoutNumber(fields);
  }

  private static byte[] withoutNumber(JsonObject fields) {
    JsonObject metadata = fields.findObject("metadata").orElse(JsonObject.empty());
    return metadata.has("seq")
        ? fields.toBuilder().put("metadata", metadata.without("seq")).build().toBytes()
        : fields.toBytes();
  }

  /** The number of the line from {@code start} to {@code end}. */
  static long of(byte[] bytes, int start, int end) {
    int at = start + PREFIX.length;
    if (end <= at || !isPrefix(bytes, start)) {
      return NONE;
    }
    long number = 0;
    int last = Math.min(end, at + MAX_DIGITS);
    while (at < last && bytes[at] >= '0' && bytes[at] <= '9') {
      number = 10 * number + bytes[at] - '0';
      at++;
    }
    return at < end && (bytes[at] == ',' || bytes[at] == '}') ? number : NONE;
  }

  private static boolean isPrefix(byte[] bytes, int start) {
    for (int index = 0; index < PREFIX.length; index++) {
      if (bytes[start + index] != PREFIX[index]) {
        return false;
      }
    }
    return true;
  }
}
