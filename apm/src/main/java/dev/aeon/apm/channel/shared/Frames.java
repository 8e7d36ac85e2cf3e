package dev.aeon.apm.channel.shared;

import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.sp.Message;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What guest and owner say to each other, lines of text without a newline at the end:
 *
 * <pre>
 *   append, then a message on each line    one line for each: ok, or an error code and text
 *   remind, then a message's id            ok, or no
 * </pre>
 */
final class Frames {
  static final String APPEND = "append";
  static final String REMIND = "remind";
  static final String OK = "ok";
  static final String NO = "no";

  private Frames() {}

  static byte[] append(List<byte[]> lines) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(APPEND.getBytes(StandardCharsets.UTF_8));
    for (byte[] line : lines) {
      frame.write('\n');
      frame.writeBytes(line);
    }
    return frame.toByteArray();
  }

  static byte[] remind(MessageId messageId) {
    return (REMIND + "\n" + messageId).getBytes(StandardCharsets.UTF_8);
  }

  /** The lines of a frame; at least one, which may be empty. */
  static List<byte[]> lines(Message frame) {
    byte[] bytes = frame.toByteArray();
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int index = 0; index <= bytes.length; index++) {
      if (index == bytes.length || bytes[index] == '\n') {
        lines.add(Arrays.copyOfRange(bytes, start, index));
        start = index + 1;
      }
    }
    return lines;
  }

  static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }

  /** One line for what became of an append. */
  static String outcome(Optional<ChannelException> failure) {
    return failure.map(each -> String.valueOf(each.getMessage()).replace('\n', ' ')).orElse(OK);
  }

  /** What an outcome says; of a text that is none, that it is unknown. */
  static Optional<ChannelException> failure(byte[] outcome) {
    String text = text(outcome);
    if (text.equals(OK)) {
      return Optional.empty();
    }
    int end = Math.max(0, text.indexOf(' '));
    ErrorCode code =
        Arrays.stream(ErrorCode.values())
            .filter(each -> each.name().equals(text.substring(0, end)))
            .findFirst()
            .orElse(ErrorCode.E_ROUTING_003);
    return Optional.of(new ChannelException(code, "by the channel's owner: " + text));
  }
}
