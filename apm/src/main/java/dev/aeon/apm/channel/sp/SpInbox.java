package dev.aeon.apm.channel.sp;

import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.internal.Threads;
import dev.aeon.sp.Message;
import dev.aeon.sp.PullSocket;
import dev.aeon.sp.SpClosedException;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.TlsConfig;
import java.util.Optional;
import java.util.function.Function;

/** A bound PULL socket, read by one thread. */
final class SpInbox implements Inbox {
  /** Above a message's limit, so that a somewhat longer one is quarantined, not dropped unseen. */
  private static final long MAX_RECEIVE_BYTE_SIZE = 4L * JsonCodec.MAX_BYTE_SIZE;

  private final PullSocket socket;
  private final Taker taker;
  private final Thread thread;
  private final Optional<CertificateNames> names;

  /** What becomes of messages. Called on the inbox's thread; must not throw. */
  interface Taker {
    /** Takes a message, which is the inbox's again on return. */
    void take(Message message, Optional<String> certificateName);
  }

  private SpInbox(PullSocket socket, String url, Optional<CertificateNames> names, Taker taker) {
    this.socket = socket;
    this.names = names;
    this.taker = taker;
    this.thread = Thread.ofPlatform().daemon().name("apm-receive-" + url).unstarted(this::run);
  }

  /**
   * Binds {@code url} and begins to receive.
   *
   * @param taker given the URL as it is bound
   */
  static SpInbox listen(String url, Optional<TlsConfig> tls, Function<String, Taker> taker) {
    PullSocket socket = PullSocket.open();
    try {
      socket.set(SpOptions.MAX_RECEIVE_SIZE, MAX_RECEIVE_BYTE_SIZE);
      Optional<CertificateNames> names = tls.map(config -> CertificateNames.watch(socket, config));
      String bound = socket.listen(url).url();
      SpInbox inbox = new SpInbox(socket, bound, names, taker.apply(bound));
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
          taker.take(message, names.map(each -> each.of(message.pipeId())));
        }
      }
    } catch (SpClosedException _) {
      // The end that close() brings about.
    }
  }
}
