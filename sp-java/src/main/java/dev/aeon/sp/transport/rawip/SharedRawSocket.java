package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.Errno;
import dev.aeon.bindings.posix.DatagramBatch;
import dev.aeon.bindings.posix.DatagramSockets;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import dev.aeon.sp.transport.datagram.PeerAddress;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one descriptor by which this process has packets of a protocol number, at one local address
 * or at all of a version of IP. Whoever reads it takes packets for all: those of other sockets go
 * to their queues. Its filter admits what its ports want; it closes with the last of them.
 * Thread-safe.
 *
 * <p>A single socket reads in its own poller, as it would a descriptor of its own. Where several
 * share, a thread reads for those that sleep, and who looks reads by itself.
 */
final class SharedRawSocket {
  /** Taken after any strand, and before {@link #reading}. */
  private static final Map<Key, SharedRawSocket> OPEN = new HashMap<>();

  private static final int IPV4_BYTE_SIZE = 4;

  private final Key key;
  private final Descriptor descriptor;
  private final boolean isIpv4;

  /** Guarded by {@link #OPEN}, as are the other collections. */
  private final Map<Integer, PortFilter.Wanted> wanted = new TreeMap<>();

  private final List<SocketShare> shares = new ArrayList<>();
  private @Nullable RawReader reader;
  private volatile boolean isShared;

  /** Of who reads now; guards what follows. */
  private final ReentrantLock reading = new ReentrantLock();

  private final PortTable<SocketShare> byPort = new PortTable<>();
  private boolean isClosed;

  /** What two ports have in common if they share. */
  private record Key(InetAddress local, int scope, int protocol) {
    static Key of(InetAddress local, int protocol) {
      return new Key(local, local instanceof Inet6Address ip6 ? ip6.getScopeId() : 0, protocol);
    }
  }

  private SharedRawSocket(Key key, Descriptor descriptor) {
    this.key = key;
    this.descriptor = descriptor;
    this.isIpv4 = key.local().getAddress().length == IPV4_BYTE_SIZE;
  }

  /** Opens a descriptor, which the receiver owns. */
  interface Opener {
    Descriptor open(InetAddress local, int protocol);
  }

  /** Has packets for {@code port} admitted until {@link #release}; nobody else has that port. */
  static SharedRawSocket acquire(InetAddress local, int protocol, int port, Opener opener) {
    Key key = Key.of(local, protocol);
    synchronized (OPEN) {
      SharedRawSocket known = OPEN.get(key);
      SharedRawSocket socket =
          known != null ? known : new SharedRawSocket(key, opener.open(local, protocol));
      try {
        socket.admit(new PortFilter.Wanted(port, null));
      } catch (RuntimeException e) {
        socket.release(port);
        throw e;
      }
      OPEN.put(key, socket);
      return socket;
    }
  }

  private void admit(PortFilter.Wanted port) {
    wanted.put(port.port(), port);
    DatagramSockets.setFilter(descriptor, PortFilter.of(wanted.values(), isIpv4));
  }

  /** Has packets for {@code port} admitted from one peer alone. */
  void admitOnly(int port, PeerAddress from) {
    synchronized (OPEN) {
      admit(new PortFilter.Wanted(port, from));
    }
  }

  /** The port is not used any more; closes with the last one. */
  void release(int port) {
    synchronized (OPEN) {
      wanted.remove(port);
      if (wanted.isEmpty()) {
        OPEN.remove(key, this);
        close();
      } else {
        DatagramSockets.setFilter(descriptor, PortFilter.of(wanted.values(), isIpv4));
      }
    }
  }

  private void close() {
    reading.lock();
    try {
      isClosed = true;
      descriptor.close();
    } finally {
      reading.unlock();
    }
  }

  int fd() {
    return descriptor.fd();
  }

  boolean isIpv4() {
    return isIpv4;
  }

  /** Whether more than one socket reads. */
  boolean isShared() {
    return isShared;
  }

  /** Gives packets for a port to a carrier from now on. Called with its strand held. */
  Inlet join(int port, Reactor reactor, Strand strand, SocketCarrier carrier) {
    synchronized (OPEN) {
      SocketShare share = shareOf(reactor, strand);
      share.add(port, carrier);
      route(port, share);
      return new PortInlet(port, share, carrier);
    }
  }

  @SuppressWarnings("ReferenceEquality") // a socket's reactor and strand are its own
  private SocketShare shareOf(Reactor reactor, Strand strand) {
    for (SocketShare each : shares) {
      if (each.reactor() == reactor && each.strand() == strand) {
        return each;
      }
    }
    SocketShare added = new SocketShare(this, reactor, strand);
    shares.add(added);
    rearrange();
    added.adapt();
    return added;
  }

  private void route(int port, @Nullable SocketShare share) {
    reading.lock();
    try {
      byPort.set(port, share);
    } finally {
      reading.unlock();
    }
  }

  /** Whether one socket reads for itself or a thread for several. */
  private void rearrange() {
    boolean several = shares.size() > 1;
    if (several == isShared) {
      return;
    }
    isShared = several;
    if (several) {
      reader = RawReader.start(this, "sp-ip-" + key.protocol());
    } else if (reader != null) {
      reader.stop();
      reader = null;
    }
    shares.forEach(SocketShare::adaptSoon);
  }

  /** The way of one port to its carrier. */
  private final class PortInlet implements Inlet {
    private final int port;
    private final SocketShare share;
    private final SocketCarrier carrier;

    PortInlet(int port, SocketShare share, SocketCarrier carrier) {
      this.port = port;
      this.share = share;
      this.carrier = carrier;
    }

    @Override
    public void setWantsRoom(boolean wantsRoom) {
      share.setWantsRoom(carrier, wantsRoom);
    }

    @Override
    public void close() {
      synchronized (OPEN) {
        route(port, null);
        share.remove(port, carrier);
        if (share.isEmpty()) {
          share.close();
          shares.remove(share);
          rearrange();
        }
      }
    }
  }

  // Reading

  /** Reads for all, on the reader's thread. */
  void readForOthers(ReceiveBuffers buffers) {
    int count;
    do {
      reading.lock();
      try {
        count = read(buffers, ReceiveBuffers.COUNT, null);
      } finally {
        reading.unlock();
      }
    } while (count == ReceiveBuffers.COUNT);
  }

  /** Whether the caller may read now; {@link #endTurn} follows if so. */
  boolean beginTurn() {
    return reading.tryLock();
  }

  void endTurn() {
    reading.unlock();
  }

  /**
   * Reads one batch and hands over what is not {@code own}, which is left to the caller. Called in
   * the caller's turn.
   *
   * @return how many came, or a negative errno
   */
  int read(ReceiveBuffers buffers, int maxCount, @Nullable SocketShare own) {
    if (isClosed) {
      return -Errno.EAGAIN;
    }
    int count = DatagramSockets.receiveMany(descriptor.fd(), buffers.batch(), maxCount);
    if (isShared || own == null) {
      for (int index = 0; index < count; index++) {
        handOver(buffers, index, own);
      }
    }
    return count;
  }

  @SuppressWarnings("ReferenceEquality") // a share is itself
  private void handOver(ReceiveBuffers buffers, int index, @Nullable SocketShare own) {
    DatagramBatch batch = buffers.batch();
    int port = portOf(batch, index, buffers.memory(), buffers.byteOffset(index));
    SocketShare share = port < 0 ? null : byPort.get(port);
    if (share != null && share != own) {
      share.offer(batch, index, buffers.memory(), buffers.byteOffset(index));
    }
  }

  /** Which port an element is for; negative where it is none of ours. */
  int portOf(DatagramBatch batch, int index, MemorySegment memory, long byteOffset) {
    boolean isWhole = !batch.isTruncated(index) && batch.peerFamily(index) != 0;
    return isWhole
        ? RawForm.destinationPort(memory, byteOffset, batch.byteSize(index), isIpv4)
        : -1;
  }
}
