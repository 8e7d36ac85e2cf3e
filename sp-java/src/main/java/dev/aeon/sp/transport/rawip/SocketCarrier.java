package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.Errno;
import dev.aeon.bindings.posix.DatagramBatch;
import dev.aeon.bindings.posix.DatagramSockets;
import dev.aeon.bindings.posix.Poller;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import dev.aeon.sp.transport.datagram.Carrier;
import dev.aeon.sp.transport.datagram.PacketHandler;
import dev.aeon.sp.transport.datagram.PeerAddress;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A datagram socket in its socket's poller: batches go out when flushed, and what has arrived is
 * read by whoever leads the poller. What the kernel has no room for waits until it has; packets
 * that come while it waits and find no room are dropped, as any network may. Confined to its
 * strand.
 */
final class SocketCarrier implements Carrier {
  /** So that one busy carrier leaves its socket's others a turn. */
  private static final int BATCHES_PER_EVENT = 4;

  /** Who looks by itself lets others run between looks, which takes longer than each of these. */
  private static final int ATTEMPTS_PER_LOOK = 4;

  private final CarrierSocket socket;
  private final int fd;
  private final PacketForm form;
  private final RouteTable routes = new RouteTable();
  private final Reactor.Registration registration;
  private @Nullable PacketHandler handler;
  private @Nullable SendBuffers sending;
  private final ReceiveCount receiveCount = new ReceiveCount();
  private boolean hasReserved;
  private boolean isBlocked;
  private boolean isClosed;

  /** Takes ownership of a socket. */
  SocketCarrier(Reactor reactor, Strand strand, CarrierSocket socket) {
    this.socket = socket;
    this.fd = socket.descriptor().fd();
    this.form = socket.form();
    this.registration = reactor.register(strand, fd, Poller.READABLE, new Readiness());
  }

  @Override
  public void onPackets(PacketHandler packetHandler) {
    handler = packetHandler;
  }

  @Override
  public int maxPacketByteSize(PeerAddress peer) {
    Route route = routes.of(peer);
    return route.pathMtu() - form.overheadByteSize(route.isIpv4());
  }

  @Override
  public int maxRunByteSize() {
    return form.takesRuns() ? SendBuffers.MAX_RUN_BYTE_SIZE : 0;
  }

  @Override
  public long reserve(int byteSize) {
    int needed = byteSize + form.prefixByteSize();
    if (sending != null && !sending.hasRoomFor(needed)) {
      flush();
    }
    SendBuffers buffers = buffers();
    hasReserved = !isClosed && buffers.hasRoomFor(needed);
    return hasReserved ? buffers.nextByteOffset() : buffers.spareByteOffset();
  }

  private SendBuffers buffers() {
    SendBuffers buffers = sending;
    if (buffers == null) {
      buffers = SendBuffers.POOL.take();
      buffers.beginFor(socket);
      sending = buffers;
    }
    return buffers;
  }

  @Override
  public MemorySegment memory() {
    return buffers().memory();
  }

  @Override
  public void queue(PeerAddress peer, int byteSize) {
    if (hasReserved) {
      buffers().add(routes.of(peer), byteSize);
    }
  }

  @Override
  public void flush() {
    if (sending != null && !isBlocked && !isClosed) {
      send(sending);
    }
  }

  private void send(SendBuffers buffers) {
    buffers.endRun();
    while (!buffers.isEmpty()) {
      int result = DatagramSockets.sendMany(fd, buffers.batch(), buffers.first(), buffers.count());
      if (result == -Errno.EAGAIN) {
        waitForRoom(true);
        return;
      }
      buffers.remove(result > 0 ? result : refused(buffers, -result));
    }
    sending = null;
    SendBuffers.POOL.give(buffers);
  }

  /** Of a refused element, which is lost as in any network: how many elements to take out. */
  private static int refused(SendBuffers buffers, int errno) {
    // The peer's host has refused an earlier packet: the kernel tells once, and takes this one
    // then.
    if (errno == Errno.EINTR || errno == Errno.ECONNREFUSED || errno == Errno.ENOPROTOOPT) {
      return 0;
    }
    // A run of packets that are too large is EINVAL in older kernels.
    if (errno == Errno.EMSGSIZE || errno == Errno.EINVAL) {
      buffers.route(buffers.first()).forgetPathMtu();
    }
    return 1;
  }

  private void waitForRoom(boolean blocked) {
    isBlocked = blocked;
    registration.setInterest(blocked ? Poller.READABLE | Poller.WRITABLE : Poller.READABLE);
  }

  private void ready(int events) {
    if (isBlocked && (events & Poller.WRITABLE) != 0) {
      waitForRoom(false);
      flush();
    }
    PacketHandler receiver = handler;
    if (receiver != null && (events & ~Poller.WRITABLE) != 0) {
      receive(receiver, 1);
    }
  }

  /** What the poller tells of, or who looks without it. */
  private final class Readiness implements Reactor.ReadyHandler {
    @Override
    public void ready(int events) {
      SocketCarrier.this.ready(events);
    }

    @Override
    public boolean looksItself() {
      return true;
    }

    @Override
    public void look() {
      PacketHandler receiver = handler;
      if (receiver != null) {
        receive(receiver, ATTEMPTS_PER_LOOK);
      }
    }
  }

  /** Takes what has come; looks so often before it finds that nothing has. */
  private void receive(PacketHandler receiver, int attemptCount) {
    ReceiveBuffers buffers = ReceiveBuffers.POOL.take();
    boolean isEmpty = true;
    for (int left = attemptCount; left > 0 && isEmpty && !isClosed; left--) {
      isEmpty = !receive(receiver, buffers);
    }
    ReceiveBuffers.POOL.give(buffers);
    if (!isClosed && !isEmpty) {
      receiver.batchEnded();
    }
  }

  /** Whether anything came. */
  private boolean receive(PacketHandler receiver, ReceiveBuffers buffers) {
    boolean isEmpty = true;
    receiveCount.begin();
    for (int left = BATCHES_PER_EVENT;
        left > 0 && !isClosed && receiveCount.isMoreLikely();
        left--) {
      int count = DatagramSockets.receiveMany(fd, buffers.batch(), receiveCount.next());
      if (count == -Errno.ECONNREFUSED || count == -Errno.ENOPROTOOPT) {
        receiver.refused();
      }
      isEmpty &= count == -Errno.EAGAIN;
      receiveCount.took(count, count > 0 ? buffers.batch().byteSize(0) : 0);
      for (int index = 0; index < count && !isClosed; index++) {
        deliver(buffers, index, receiver);
      }
    }
    return !isEmpty;
  }

  private void deliver(ReceiveBuffers buffers, int index, PacketHandler receiver) {
    DatagramBatch batch = buffers.batch();
    long byteOffset = buffers.byteOffset(index);
    int byteSize = batch.byteSize(index);
    int prefix =
        batch.isTruncated(index) || batch.peerFamily(index) == 0
            ? -1
            : form.receivedPrefixByteSize(buffers.memory(), byteOffset, byteSize);
    if (prefix < 0) {
      return;
    }
    int port = form.sourcePort(buffers.memory(), byteOffset + prefix, batch.peerPort(index));
    PeerAddress peer = routes.ofSender(batch, index, port).address();
    int segment = batch.segmentByteSize(index);
    int step = segment > 0 ? segment : byteSize;
    for (int begin = prefix; begin < byteSize && !isClosed; begin += step) {
      receiver.packet(peer, buffers.memory(), byteOffset + begin, Math.min(step, byteSize - begin));
    }
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    sending = null;
    registration.close();
    socket.close();
  }
}
