package dev.aeon.sp.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.aeon.sp.Message;
import dev.aeon.sp.Receiver;
import dev.aeon.sp.Sender;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes Protobuf messages straight into the memory that is sent, and reads them straight out of
 * the memory that was received, with no array between. Thread-safe.
 */
// Who calls these has Protobuf; who does not is not made to have it.
@SuppressWarnings("exports")
public final class ProtobufBodies {
  private ProtobufBodies() {}

  /**
   * A message with the serialised form of {@code body}.
   *
   * @throws IllegalArgumentException if that is larger than 2^31-1 bytes
   */
  public static Message messageOf(MessageLite body) {
    int byteSize = body.getSerializedSize();
    if (byteSize < 0) {
      throw new IllegalArgumentException("serialised form exceeds 2^31-1 bytes");
    }
    Message message = Message.allocate(byteSize);
    try {
      CodedOutputStream output = CodedOutputStream.newInstance(message.body().asByteBuffer());
      body.writeTo(output);
      output.flush();
      return message;
    } catch (IOException e) {
      message.close();
      throw new UncheckedIOException("body does not have the size that it gave", e);
    }
  }

  /** Sends {@code body}, as {@link Sender#send(Message)}. */
  public static void send(Sender sender, MessageLite body) {
    try (Message message = messageOf(body)) {
      sender.send(message);
    }
  }

  /**
   * Reads the whole body of {@code message}, which stays the caller's.
   *
   * @throws InvalidProtocolBufferException if the body is no such message
   */
  public static <T extends MessageLite> T parse(Message message, Parser<T> parser)
      throws InvalidProtocolBufferException {
    if (message.byteSize() > Integer.MAX_VALUE) {
      throw new InvalidProtocolBufferException(
          "body exceeds 2^31-1 bytes: byteSize=" + message.byteSize());
    }
    return parser.parseFrom(CodedInputStream.newInstance(message.body().asByteBuffer()));
  }

  /**
   * Receives one message, as {@link Receiver#receive()}, and reads it.
   *
   * @throws InvalidProtocolBufferException if its body is no such message; it is closed then
   */
  public static <T extends MessageLite> T receive(Receiver receiver, Parser<T> parser)
      throws InvalidProtocolBufferException {
    try (Message message = receiver.receive()) {
      return parse(message, parser);
    }
  }
}
