package dev.aeon.slabs.transport.sp;

import dev.aeon.slabs.frame.FrameException;
import dev.aeon.slabs.transport.Backoff;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.ConnectionOptions;
import dev.aeon.slabs.transport.TransportException;
import dev.aeon.slabs.transport.WaitSet;
import dev.aeon.sp.Dialer;
import dev.aeon.sp.Message;
import dev.aeon.sp.Pair1Socket;
import dev.aeon.sp.Pipe;
import dev.aeon.sp.PipeListener;
import dev.aeon.sp.SpException;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.SpTimeoutException;
import dev.aeon.sp.TlsConfig;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connecting end: a socket of its own, a thread that sends and a thread that receives. */
final class SpConnector {
  private static final Logger LOG = LoggerFactory.getLogger(SpConnector.class);

  private final Pair1Socket socket;
  private final SpLink link;
  private final String url;
  private final WaitSet waits;
  private final Thread sending;
  private final Thread receiving;

  private SpConnector(Pair1Socket socket, SpLink link, String url, WaitSet waits) {
    this.socket = socket;
    this.link = link;
    this.url = url;
    this.waits = waits;
    waits.add(link);
    this.sending = Thread.ofPlatform().daemon().name("psyne-send " + url).unstarted(this::sendAll);
    this.receiving =
        Thread.ofPlatform().daemon().name("psyne-receive " + url).unstarted(this::receiveAll);
  }

  static Connection connect(String url, ConnectionOptions options, TlsConfig tls) {
    Pair1Socket socket = Pair1Socket.open();
    WaitSet waits = options.openWaits();
    try {
      SpLink link = greet(socket, url, options, tls, waits);
      SpConnector connector = new SpConnector(socket, link, url, waits);
      connector.sending.start();
      connector.receiving.start();
      return new SpConnection(link, true, url, connector::close);
    } catch (SpException | FrameException refused) {
      waits.close();
      socket.close();
      throw new TransportException("nobody accepts there: address=" + url, refused);
    }
  }

  private static SpLink greet(
      Pair1Socket socket, String url, ConnectionOptions options, TlsConfig tls, WaitSet waits) {
    SpSettings.apply(socket, options.responseByteSize(), url, tls);
    Dialer dialer = socket.dialer(url);
    dialer.connect(options.timeout());
    socket.send(Envelope.hello(options.requestByteSize(), options.responseByteSize()));
    try (Message answer = socket.receive(options.timeout())) {
      MemorySegment body = answer.body();
      if (Envelope.kind(body) != Envelope.HELLO) {
        throw new FrameException("peer does not greet: kind=" + Envelope.kind(body));
      }
      long writtenByteSize = Envelope.helloReadByteSize(body);
      if (writtenByteSize > options.requestByteSize()) {
        throw new FrameException("peer offers more than was asked: byteSize=" + writtenByteSize);
      }
      SpLink link = new SpLink(writtenByteSize, options.responseByteSize(), waits);
      watch(socket, link);
      return link;
    }
  }

  /** SP would connect again, to an end that knows nothing of what was before. */
  private static void watch(Pair1Socket socket, SpLink link) {
    var _ =
        socket.onPipe(
            new PipeListener() {
              @Override
              public void removed(Pipe pipe, String reason) {
                link.lose();
              }
            });
    if (socket.pipes().isEmpty()) {
      link.lose();
    }
  }

  private void sendAll() {
    socket.set(SpOptions.SEND_TIMEOUT, Duration.ofMillis(100));
    Message unsent = null;
    while (link.isOpen()) {
      Message next = unsent == null ? link.nextMessage() : unsent;
      unsent = next == null || trySend(next) ? null : next;
      waits.after(next == null ? 0 : 1);
    }
  }

  private boolean trySend(Message message) {
    try {
      socket.send(message);
      return true;
    } catch (SpTimeoutException later) {
      return false;
    } catch (SpException lost) {
      link.lose();
      return true;
    }
  }

  private void receiveAll() {
    Message message = Message.empty();
    try {
      while (link.isOpen()) {
        socket.receive(message);
        take(message);
      }
    } catch (SpException closed) {
      link.lose();
    } catch (FrameException malformed) {
      LOG.warn("peer breaks the protocol: peer={} {}", url, malformed.getMessage());
      link.lose();
    } finally {
      message.close();
    }
  }

  private void take(Message message) {
    if (Envelope.kind(message.body()) == Envelope.RECORDS) {
      link.take(message.body());
    } else {
      link.lose();
    }
    message.close();
  }

  private void close() {
    boolean wasOpen = link.isOpen();
    flush();
    link.lose();
    Threads.join(sending);
    if (wasOpen) {
      sayGoodbye();
    }
    socket.close();
    Threads.join(receiving);
    waits.close();
    link.close();
  }

  /** What was published before closing is still to go. */
  private void flush() {
    Backoff backoff = new Backoff();
    long deadline = System.nanoTime() + 1_000_000_000L;
    while (link.isOpen() && link.outbox().fillByteSize() > 0 && System.nanoTime() < deadline) {
      backoff.idle();
    }
  }

  private void sayGoodbye() {
    try {
      socket.send(Envelope.goodbye());
    } catch (SpException unheard) {
      LOG.debug("peer was not told of the end: peer={} {}", url, unheard.getMessage());
    }
  }
}
