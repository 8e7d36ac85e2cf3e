package dev.aeon.slabs.transport.sp;

import dev.aeon.slabs.frame.FrameException;
import dev.aeon.slabs.ring.SpscRing;
import dev.aeon.slabs.transport.Acceptor;
import dev.aeon.slabs.transport.Backoff;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.ConnectionOptions;
import dev.aeon.slabs.transport.Sleepers;
import dev.aeon.slabs.transport.TransportException;
import dev.aeon.slabs.transport.WaitSet;
import dev.aeon.sp.Message;
import dev.aeon.sp.Pipe;
import dev.aeon.sp.PipeListener;
import dev.aeon.sp.PolyPairSocket;
import dev.aeon.sp.SpException;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.SpTimeoutException;
import dev.aeon.sp.TlsConfig;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One socket for all connectors, with a thread that sends to them and one that receives. */
final class SpAcceptor implements Acceptor {
  private static final Logger LOG = LoggerFactory.getLogger(SpAcceptor.class);

  private static final long REFUSED_PAUSE_NANOS = 1_000_000;

  private final PolyPairSocket socket;
  private final ConnectionOptions options;
  private final String url;
  private final Map<Integer, SpLink> links = new ConcurrentHashMap<>();
  private final Map<SpLink, Message> unsent = new ConcurrentHashMap<>();
  private final Queue<Connection> accepted = new ConcurrentLinkedQueue<>();
  private final Sleepers sleepers = new Sleepers();
  private final WaitSet waits;
  private final Thread sending;
  private final Thread receiving;
  private volatile boolean closed;
  private volatile boolean closing;
  private boolean torn;

  private SpAcceptor(PolyPairSocket socket, ConnectionOptions options, String url) {
    this.socket = socket;
    this.options = options;
    this.url = url;
    this.waits = options.openWaits();
    this.sending = Thread.ofPlatform().daemon().name("psyne-send " + url).unstarted(this::sendAll);
    this.receiving =
        Thread.ofPlatform().daemon().name("psyne-receive " + url).unstarted(this::receiveAll);
  }

  static SpAcceptor bind(String url, ConnectionOptions options, TlsConfig tls) {
    PolyPairSocket socket = PolyPairSocket.open();
    try {
      SpSettings.apply(socket, options.requestByteSize(), url, tls);
      socket.set(SpOptions.SEND_TIMEOUT, Duration.ZERO);
      SpAcceptor acceptor = new SpAcceptor(socket, options, socket.listen(url).url());
      acceptor.start();
      return acceptor;
    } catch (SpException refused) {
      socket.close();
      throw new TransportException("cannot bind: address=" + url, refused);
    }
  }

  private void start() {
    var _ =
        socket.onPipe(
            new PipeListener() {
              @Override
              public boolean admits(Pipe pipe) {
                return !closing;
              }

              @Override
              public void removed(Pipe pipe, String reason) {
                lose(pipe.id());
              }
            });
    sending.start();
    receiving.start();
  }

  private void lose(int pipeId) {
    SpLink link = links.get(pipeId);
    if (link != null) {
      link.lose();
    }
  }

  private void receiveAll() {
    Message message = Message.empty();
    try {
      while (true) {
        socket.receive(message);
        takeOrDisconnect(message.pipeId(), message.body());
        message.close();
      }
    } catch (SpException ended) {
      LOG.debug("no more is received: address={} {}", url, ended.getMessage());
    } finally {
      message.close();
    }
  }

  private void takeOrDisconnect(int pipeId, MemorySegment body) {
    try {
      take(pipeId, body);
    } catch (FrameException | IllegalArgumentException malformed) {
      LOG.warn("connector breaks the protocol: address={} {}", url, malformed.getMessage());
      lose(pipeId);
      socket.pipe(pipeId).ifPresent(Pipe::close);
    }
  }

  private void take(int pipeId, MemorySegment body) {
    int kind = Envelope.kind(body);
    SpLink link = links.get(pipeId);
    if (link == null && kind == Envelope.GOODBYE) {
      LOG.debug("connector parts with an end that has closed: address={}", url);
    } else if (link == null) {
      accept(pipeId, kind, body);
    } else if (kind == Envelope.RECORDS) {
      takeRecords(link, body);
    } else {
      link.lose();
    }
  }

  /** Under the link's lock, for its owner may be closing it. */
  private static void takeRecords(SpLink link, MemorySegment body) {
    synchronized (link) {
      if (link.isOpen()) {
        link.take(body);
      }
    }
  }

  private void accept(int pipeId, int kind, MemorySegment body) {
    if (kind != Envelope.HELLO || closing) {
      throw new FrameException("connector does not greet: kind=" + kind);
    }
    long asked = Envelope.helloWrittenByteSize(body);
    long readByteSize = Math.min(asked, options.requestByteSize());
    long writtenByteSize = Envelope.helloReadByteSize(body);
    SpscRing.slabByteSize(asked);
    SpscRing.slabByteSize(writtenByteSize);
    SpLink link =
        new SpLink(Math.min(writtenByteSize, options.responseByteSize()), readByteSize, waits);
    links.put(pipeId, link);
    waits.add(link);
    sendHello(pipeId, Envelope.hello(link.outbox().capacity(), readByteSize));
    String peer = socket.pipe(pipeId).map(Pipe::remoteAddress).orElse("connector of " + url);
    accepted.add(new SpConnection(link, false, peer, () -> disconnect(pipeId, link)));
    sleepers.signal();
  }

  private void sendHello(int pipeId, byte[] hello) {
    Message message = Message.copyOf(hello);
    message.setPipeId(pipeId);
    try {
      socket.send(message);
    } catch (SpException gone) {
      message.close();
      lose(pipeId);
    }
  }

  private void sendAll() {
    while (!closed) {
      int sentCount = 0;
      for (Map.Entry<Integer, SpLink> each : links.entrySet()) {
        sentCount += sendNext(each.getKey(), each.getValue());
      }
      waitAfter(sentCount);
    }
  }

  /** Nobody tells when SP takes what it has just refused. */
  private void waitAfter(int sentCount) {
    if (sentCount == 0 && !unsent.isEmpty()) {
      waits.idle(REFUSED_PAUSE_NANOS);
    } else {
      waits.after(sentCount);
    }
  }

  private int sendNext(int pipeId, SpLink link) {
    synchronized (link) {
      if (!link.isOpen()) {
        return 0;
      }
      Message refused = unsent.get(link);
      // Asking for the next would write over what was refused.
      Message next = refused == null ? link.nextMessage() : refused;
      if (next == null) {
        return 0;
      }
      unsent.put(link, next);
      next.setPipeId(pipeId);
      return trySend(link, next);
    }
  }

  private int trySend(SpLink link, Message next) {
    try {
      socket.send(next);
      unsent.remove(link);
      return 1;
    } catch (SpTimeoutException later) {
      return 0;
    } catch (SpException gone) {
      link.lose();
      return 0;
    }
  }

  @Override
  public @Nullable Connection poll() {
    return accepted.poll();
  }

  @Override
  public void wakes(WaitSet waiting) {
    sleepers.add(waiting);
  }

  @Override
  public String address() {
    return url;
  }

  private void disconnect(int pipeId, SpLink link) {
    flush(link);
    waits.remove(link);
    synchronized (link) {
      links.remove(pipeId);
      unsent.remove(link);
      link.close();
    }
    socket.pipe(pipeId).ifPresent(Pipe::close);
    tearDownIfOver();
  }

  /** What was published before closing is still to go. */
  private void flush(SpLink link) {
    Backoff backoff = new Backoff();
    long deadline = System.nanoTime() + 1_000_000_000L;
    while (link.isOpen() && hasUnsent(link) && System.nanoTime() < deadline) {
      backoff.idle();
    }
  }

  private boolean hasUnsent(SpLink link) {
    return link.outbox().fillByteSize() > 0 || unsent.containsKey(link);
  }

  @Override
  public void close() {
    synchronized (this) {
      closing = true;
    }
    for (Connection next = poll(); next != null; next = poll()) {
      next.close();
    }
    tearDownIfOver();
  }

  /** The socket goes with the last of acceptor and connections. */
  private void tearDownIfOver() {
    synchronized (this) {
      if (torn || !closing || !links.isEmpty()) {
        return;
      }
      torn = true;
    }
    closed = true;
    waits.signal();
    socket.close();
    Threads.join(sending);
    Threads.join(receiving);
    waits.close();
  }
}
