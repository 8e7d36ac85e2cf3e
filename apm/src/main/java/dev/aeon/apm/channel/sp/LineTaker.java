package dev.aeon.apm.channel.sp;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.Source;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.internal.GuardedListener;
import dev.aeon.apm.internal.ReceivedLine;
import dev.aeon.sp.Message;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** Takes each message for a line. */
final class LineTaker implements SpInbox.Taker {
  private final String url;
  private final InboxListener listener;
  private long count;

  LineTaker(String url, InboxListener listener) {
    this.url = url;
    this.listener = new GuardedListener(listener);
  }

  @Override
  public void take(Message message, Optional<String> certificateName) {
    Source source = new Source(url, count++);
    if (message.byteSize() > JsonCodec.MAX_BYTE_SIZE) {
      listener.onMalformed(tooLong(source, message));
    } else {
      listener.onLine(
          new Delivery(source, message.toByteArray(), LineTaker::nothingIsKept, certificateName));
    }
  }

  private static void nothingIsKept() {}

  private static BadInput tooLong(Source source, Message message) {
    byte[] kept =
        message.body().asSlice(0, ReceivedLine.KEPT_BYTE_SIZE).toArray(ValueLayout.JAVA_BYTE);
    return ReceivedLine.tooLong(source, kept, message.byteSize());
  }
}
