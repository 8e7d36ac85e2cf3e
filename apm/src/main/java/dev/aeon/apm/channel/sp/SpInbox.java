package dev.aeon.apm.channel.sp;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.Source;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.internal.GuardedListener;
import dev.aeon.apm.internal.Threads;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.Violation;
import dev.aeon.sp.Message;
import dev.aeon.sp.PullSocket;
import dev.aeon.sp.SpClosedException;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.TlsConfig;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/** A bound PULL socket, read by one thread. */
final class SpInbox implements Inbox {
  /** Above a message's limit, so that a somewhat longer one is quarantined, not dropped unseen. */
  private static final long MAX_RECEIVE_BYTE_SIZE = 4L * JsonCodec.MAX_BYTE_SIZE;

  private static final int KEPT_BYTE_SIZE = 4096;

  private final PullSocket socket;
  private final String url;
  private final InboxListener listener;
  private final Thread thread;
  private final Optional<CertificateNames> names;
  private long count;

  private SpInbox(
      PullSocket socket, String url, Optional<CertificateNames> names, InboxListener listener) {
    this.socket = socket;
    this.url = url;
    this.names = names;
    this.listener = new GuardedListener(listener);
    this.thread = Thread.ofPlatform().daemon().name("apm-receive-" + url).unstarted(this::run);
  }

  static SpInbox listen(String url, Optional<TlsConfig> tls, InboxListener listener) {
    PullSocket socket = PullSocket.open();
    try {
      socket.set(SpOptions.MAX_RECEIVE_SIZE, MAX_RECEIVE_BYTE_SIZE);
      Optional<CertificateNames> names = tls.map(config -> CertificateNames.watch(socket, config));
      SpInbox inbox = new SpInbox(socket, socket.listen(url).url(), names, listener);
      inbox.thread.start();
      return inbox;
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public void close() {
    socket.close();
    Threads.join(thread);
  }

  private void run() {
    try {
      while (true) {
        try (Message message = socket.receive()) {
          deliver(message);
        }
      }
    } catch (SpClosedException _) {
      // The end that close() brings about.
    }
  }

  private void deliver(Message message) {
    Source source = new Source(url, count++);
    long byteSize = message.byteSize();
    if (byteSize > JsonCodec.MAX_BYTE_SIZE) {
      listener.onMalformed(tooLong(source, message));
    } else {
      Optional<String> name = names.map(each -> each.of(message.pipeId()));
      listener.onLine(new Delivery(source, message.toByteArray(), SpInbox::nothingIsKept, name));
    }
  }

  private static void nothingIsKept() {}

  private static BadInput tooLong(Source source, Message message) {
    byte[] kept = message.body().asSlice(0, KEPT_BYTE_SIZE).toArray(ValueLayout.JAVA_BYTE);
    Violation violation =
        new Violation(
            "",
            ErrorCode.E_VALIDATION_005,
            "too long: byteSize=" + message.byteSize() + " limit=" + JsonCodec.MAX_BYTE_SIZE);
    return new BadInput(source, kept, message.byteSize(), List.of(violation));
  }
}
