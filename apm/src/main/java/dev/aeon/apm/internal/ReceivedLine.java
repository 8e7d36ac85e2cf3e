package dev.aeon.apm.internal;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.Source;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.schema.MessageSize;
import java.util.Arrays;
import java.util.List;

/** Hands on what came as one line, whatever it is. */
public final class ReceivedLine {
  /** How many bytes of an over-long line are kept for whoever looks into it. */
  public static final int KEPT_BYTE_SIZE = 4096;

  private ReceivedLine() {}

  /** To the listener; what needs none, or is no line, is settled at once. */
  public static void deliver(
      InboxListener listener, Source source, byte[] line, Runnable settlement) {
    if (line.length > JsonCodec.MAX_BYTE_SIZE) {
      listener.onMalformed(tooLong(source, Arrays.copyOf(line, KEPT_BYTE_SIZE), line.length));
      settlement.run();
    } else if (line.length == 0) {
      settlement.run();
    } else {
      listener.onLine(new Delivery(source, line, settlement));
    }
  }

  /** What is longer than a message may be. */
  public static BadInput tooLong(Source source, byte[] kept, long byteSize) {
    return new BadInput(source, kept, byteSize, List.of(MessageSize.tooLong(byteSize)));
  }
}
