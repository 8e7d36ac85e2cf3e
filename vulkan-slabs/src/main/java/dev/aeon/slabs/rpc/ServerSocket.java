package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.FrameException;
import dev.aeon.slabs.ring.RingCorruptedException;
import dev.aeon.slabs.transport.Acceptor;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.WaitSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket that is bound. Either its owner takes requests one by one with {@link #receive}, and
 * answers the last one taken by sending; or {@link #serve} has a thread hand them to a handler.
 * Clients are served in turn. One that breaks the protocol is disconnected, the others do not
 * notice.
 */
public final class ServerSocket extends Socket {
  private static final Logger LOG = LoggerFactory.getLogger(ServerSocket.class);
  private static final int TURN_COUNT = 64;

  private final Acceptor acceptor;
  private final List<ServedPeer> peers = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final WaitSet waits;
  private final Patience patience;
  private int nextPeer;
  private @Nullable Reply awaitedReply;
  private @Nullable Thread servingThread;
  private volatile boolean closed;

  ServerSocket(Acceptor acceptor, SocketOptions options) {
    super(options);
    this.acceptor = acceptor;
    this.waits = options.connection().openWaits();
    this.patience = new Patience(waits, System::nanoTime, options.timeout());
    acceptor.wakes(waits);
  }

  /** Where clients connect, as a URL. */
  public String address() {
    return acceptor.address();
  }

  /** How many clients are connected, as last seen. */
  public int peerCount() {
    lock.lock();
    try {
      acceptAll();
      return peers.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Starts a thread that hands requests to {@code handler} until the socket closes.
   *
   * @throws IllegalStateException where there is one
   */
  public void serve(RequestHandler handler) {
    lock.lock();
    try {
      requireOpen();
      if (servingThread != null) {
        throw new IllegalStateException("socket has a handler: address=" + address());
      }
      servingThread =
          Thread.ofPlatform().daemon().name("psyne-server " + address()).start(() -> run(handler));
    } finally {
      lock.unlock();
    }
  }

  private void run(RequestHandler handler) {
    while (!closed) {
      if (serveTurn(handler) > 0) {
        waits.reset();
      } else {
        waits.idle(longestWaitNanos());
      }
    }
  }

  private long longestWaitNanos() {
    lock.lock();
    try {
      return peers.stream().mapToLong(ServedPeer::longestWaitNanos).min().orElse(Long.MAX_VALUE);
    } finally {
      lock.unlock();
    }
  }

  private int serveTurn(RequestHandler handler) {
    lock.lock();
    try {
      if (closed) {
        return 0;
      }
      acceptAll();
      int servedCount = 0;
      for (int i = peers.size() - 1; i >= 0; i--) {
        servedCount += servePeer(i, handler);
      }
      return servedCount;
    } finally {
      lock.unlock();
    }
  }

  private int servePeer(int index, RequestHandler handler) {
    ServedPeer peer = peers.get(index);
    try {
      int servedCount = peer.serve(handler, TURN_COUNT);
      // What a client that has gone left unanswered, nobody waits for.
      if (servedCount == 0 && !peer.connection().isOpen()) {
        drop(peer);
      }
      return servedCount;
    } catch (FrameException | RingCorruptedException malformed) {
      disconnect(peer, malformed);
      return 0;
    }
  }

  @Override
  public <T> T receive(PayloadReader<T> reader) {
    lock.lock();
    try {
      requireNoHandler();
      patience.reset();
      ServedPeer peer = findPeer();
      while (peer == null) {
        patience.idle("no request came");
        peer = findPeer();
      }
      return take(peer, reader);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a copy of the next message if one is there; never waits. */
  public byte @Nullable [] tryReceiveBytes() {
    lock.lock();
    try {
      requireNoHandler();
      ServedPeer peer = findPeer();
      return peer == null ? null : take(peer, Payload::toByteArray);
    } finally {
      lock.unlock();
    }
  }

  private <T> T take(ServedPeer peer, PayloadReader<T> reader) {
    awaitedReply = Reply.to(peer);
    try {
      return reader.read(peer.request());
    } finally {
      peer.release();
    }
  }

  /** The next client that has a request, or null. */
  private @Nullable ServedPeer findPeer() {
    requireOpen();
    acceptAll();
    for (int i = 0; i < peers.size(); i++) {
      nextPeer = (nextPeer + 1) % peers.size();
      ServedPeer peer = peers.get(nextPeer);
      if (hasRequest(peer)) {
        return peer;
      }
    }
    return null;
  }

  private boolean hasRequest(ServedPeer peer) {
    try {
      boolean found = peer.findRequest();
      if (!found && peer.isGone()) {
        drop(peer);
      }
      return found;
    } catch (FrameException | RingCorruptedException malformed) {
      disconnect(peer, malformed);
      return false;
    }
  }

  @Override
  void send(Body body) {
    lock.lock();
    try {
      requireNoHandler();
      Reply reply = awaitedReply;
      if (reply == null) {
        throw new IllegalStateException("no request is to be answered: address=" + address());
      }
      awaitedReply = null;
      patience.reset();
      while (!reply.trySend(body)) {
        requireOpen();
        patience.idle("the client's response slab was full");
      }
    } finally {
      lock.unlock();
    }
  }

  private void acceptAll() {
    for (Connection next = acceptor.poll(); next != null; next = acceptor.poll()) {
      next.wakes(waits);
      peers.add(new ServedPeer(next));
    }
  }

  private void disconnect(ServedPeer peer, RuntimeException why) {
    LOG.warn("client breaks the protocol: peer={} {}", peer.connection().peer(), why.getMessage());
    drop(peer);
  }

  private void drop(ServedPeer peer) {
    peers.remove(peer);
    if (awaitedReply != null && awaitedReply.peer() == peer) {
      awaitedReply = null;
    }
    peer.connection().close();
  }

  private void requireNoHandler() {
    if (servingThread != null) {
      throw new IllegalStateException("a handler takes the requests: address=" + address());
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new SocketClosedException("socket is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    waits.signal();
    acceptor.close();
    lock.lock();
    try {
      peers.forEach(peer -> peer.connection().close());
      peers.clear();
    } finally {
      lock.unlock();
    }
    waits.close();
  }
}
