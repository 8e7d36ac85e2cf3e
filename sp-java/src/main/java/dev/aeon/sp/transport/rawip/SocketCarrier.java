package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.Errno;
import dev.aeon.bindings.posix.DatagramBatch;
import dev.aeon.bindings.posix.DatagramSockets;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import dev.aeon.sp.transport.datagram.Carrier;
import dev.aeon.sp.transport.datagram.PacketHandler;
import dev.aeon.sp.transport.datagram.PacketLoan;
import dev.aeon.sp.transport.datagram.PeerAddress;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A datagram socket: batches go out when flushed, and what has arrived comes by its inlet, from
 * whoever leads its socket's poller. What the kernel has no room for waits until it has; packets
 * that come while it waits and find no room are dropped, as any network may. Confined to its
 * strand.
 */
final class SocketCarrier implements Carrier {
  private final Reactor reactor;
  private final Strand strand;
  private final CarrierSocket socket;
  private final int fd;
  private final PacketForm form;
  private final RouteTable routes = new RouteTable();
  private final Inlet inlet;
  private @Nullable PacketHandler handler;
  private @Nullable SendBuffers sending;
  private @Nullable LentPages lentPages;
  private boolean mayLend;
  private boolean isBulk;
  private boolean hasReserved;
  private boolean isBlocked;
  private boolean isClosed;

  /** Takes ownership of a socket. */
  SocketCarrier(Reactor reactor, Strand strand, CarrierSocket socket) {
    this.reactor = reactor;
    this.strand = strand;
    this.socket = socket;
    this.fd = socket.fd();
    this.form = socket.form();
    this.mayLend = socket.isConnected() && form.takesRuns() && LentPages.ARE_SUPPORTED;
    this.inlet = socket.watch(reactor, strand, this);
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
  public @Nullable Companion openCompanion() {
    CarrierSocket beside = isClosed ? null : socket.openCompanion();
    return beside == null
        ? null
        : new Companion(new SocketCarrier(reactor, strand, beside), beside.local().getPort());
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
      buffers.beginFor(socket, pagesForRun());
      sending = buffers;
    }
    return buffers;
  }

  private LentPages.@Nullable Run pagesForRun() {
    if (!isBulk || !mayLend || isClosed) {
      return null;
    }
    if (lentPages == null) {
      lentPages = LentPages.open();
      mayLend = lentPages != null;
    }
    return lentPages != null ? lentPages.take() : null;
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
  public @Nullable PacketLoan keep() {
    return hasReserved ? buffers().keep() : null;
  }

  @Override
  public void flush() {
    if (sending != null && !isBlocked && !isClosed) {
      send(sending);
    }
  }

  private void send(SendBuffers buffers) {
    buffers.endRun();
    isBulk = buffers.isBulk();
    while (!buffers.isEmpty()) {
      int result = sendNext(buffers);
      if (result == -Errno.EAGAIN) {
        buffers.copyAll();
        waitForRoom(true);
        return;
      }
      buffers.remove(result > 0 ? result : refused(buffers, -result));
    }
    sending = null;
    buffers.giveBack();
  }

  private int sendNext(SendBuffers buffers) {
    int lent = buffers.sendLent(fd);
    if (lent > 0 || lent == -Errno.EAGAIN || isOfEarlierPacket(-lent)) {
      return lent;
    }
    int copied = DatagramSockets.sendMany(fd, buffers.batch(), buffers.first(), buffers.count());
    // What goes by a copy alone will next time too.
    mayLend &= lent == 0 || copied < 0;
    return copied;
  }

  /** Of a refused element, which is lost as in any network: how many elements to take out. */
  private static int refused(SendBuffers buffers, int errno) {
    if (isOfEarlierPacket(errno)) {
      return 0;
    }
    // A run of packets that are too large is EINVAL in older kernels.
    if (errno == Errno.EMSGSIZE || errno == Errno.EINVAL) {
      buffers.route(buffers.first()).forgetPathMtu();
    }
    return 1;
  }

  /** The peer's host has refused one: the kernel tells once, and takes the next call then. */
  private static boolean isOfEarlierPacket(int errno) {
    return errno == Errno.EINTR || errno == Errno.ECONNREFUSED || errno == Errno.ENOPROTOOPT;
  }

  private void waitForRoom(boolean blocked) {
    isBlocked = blocked;
    inlet.setWantsRoom(blocked);
  }

  /** The kernel may have room again. */
  void roomCame() {
    if (isBlocked) {
      waitForRoom(false);
      flush();
    }
  }

  // What the inlet brings

  /** Whether somebody is there to be given packets. */
  boolean takesPackets() {
    return handler != null && !isClosed;
  }

  /** The peer's host says that nobody takes packets there. */
  void refused() {
    if (handler != null && !isClosed) {
      handler.refused();
    }
  }

  /** Takes one element that was received: a packet, or a run of them. */
  void take(DatagramBatch batch, int index, MemorySegment memory, long byteOffset) {
    PacketHandler receiver = handler;
    if (receiver == null || isClosed) {
      return;
    }
    int byteSize = batch.byteSize(index);
    int prefix =
        batch.isTruncated(index) || batch.peerFamily(index) == 0
            ? -1
            : form.receivedPrefixByteSize(memory, byteOffset, byteSize);
    if (prefix < 0) {
      return;
    }
    int port = form.sourcePort(memory, byteOffset + prefix, batch.peerPort(index));
    PeerAddress peer = routes.ofSender(batch, index, port).address();
    int segment = batch.segmentByteSize(index);
    int step = segment > 0 ? segment : byteSize;
    for (int begin = prefix; begin < byteSize && !isClosed; begin += step) {
      receiver.packet(peer, memory, byteOffset + begin, Math.min(step, byteSize - begin));
    }
  }

  /** No more for now. */
  void batchEnded() {
    if (handler != null && !isClosed) {
      handler.batchEnded();
    }
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    sending = null;
    inlet.close();
    socket.close();
    if (lentPages != null) {
      lentPages.close();
    }
  }
}
