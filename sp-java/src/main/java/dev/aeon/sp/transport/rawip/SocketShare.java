package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.Errno;
import dev.aeon.bindings.posix.DatagramBatch;
import dev.aeon.bindings.posix.Poller;
import dev.aeon.bindings.posix.WakeUp;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one socket's carriers have of a shared raw descriptor: a queue of packets that others have
 * read for them, and a way to be woken. Confined to its strand but for {@link #offer} and {@link
 * #adaptSoon}.
 */
final class SocketShare {
  private final SharedRawSocket socket;
  private final Reactor reactor;
  private final Strand strand;
  private final PortTable<SocketCarrier> byPort = new PortTable<>();
  private final List<SocketCarrier> carriers = new ArrayList<>();
  private final List<SocketCarrier> wantingRoom = new ArrayList<>();
  private final List<SocketCarrier> inBatch = new ArrayList<>();
  private final OnDescriptor onDescriptor = new OnDescriptor();
  private final Object handOver = new Object();
  private Reactor.@Nullable Registration descriptorWatch;
  private Reactor.@Nullable Registration wakeUpWatch;
  private @Nullable HandedOver taken;

  /** Guarded by {@link #handOver}, as is what follows. */
  private @Nullable WakeUp wakeUp;

  private @Nullable HandedOver queue;
  private boolean isWoken;

  SocketShare(SharedRawSocket socket, Reactor reactor, Strand strand) {
    this.socket = socket;
    this.reactor = reactor;
    this.strand = strand;
  }

  Reactor reactor() {
    return reactor;
  }

  Strand strand() {
    return strand;
  }

  void add(int port, SocketCarrier carrier) {
    byPort.set(port, carrier);
    carriers.add(carrier);
  }

  void remove(int port, SocketCarrier carrier) {
    byPort.set(port, null);
    carriers.remove(carrier);
    setWantsRoom(carrier, false);
  }

  boolean isEmpty() {
    return carriers.isEmpty();
  }

  // What is watched

  /** Has {@link #adapt} called in its strand. */
  void adaptSoon() {
    var _ =
        reactor.schedule(
            strand,
            0,
            () -> {
              if (!isEmpty()) {
                adapt();
              }
            });
  }

  /** Watches the descriptor, or waits to be woken where there is a thread that reads. */
  void adapt() {
    if (socket.isShared()) {
      openWakeUp();
    } else {
      closeWakeUp();
    }
    watchDescriptor();
    takeQueued();
  }

  private void openWakeUp() {
    if (wakeUpWatch == null) {
      WakeUp opened = WakeUp.open();
      wakeUpWatch = reactor.register(strand, opened.fd(), Poller.READABLE, new OnWakeUp(opened));
      synchronized (handOver) {
        wakeUp = opened;
      }
    }
  }

  private void closeWakeUp() {
    if (wakeUpWatch != null) {
      wakeUpWatch.close();
      wakeUpWatch = null;
      synchronized (handOver) {
        if (wakeUp != null) {
          wakeUp.close();
          wakeUp = null;
        }
        isWoken = false;
      }
    }
  }

  private void watchDescriptor() {
    int room = wantingRoom.isEmpty() ? 0 : Poller.WRITABLE;
    int interest = socket.isShared() ? room : room | Poller.READABLE;
    if (descriptorWatch != null && interest != 0) {
      descriptorWatch.setInterest(interest);
    } else if (descriptorWatch != null) {
      descriptorWatch.close();
      descriptorWatch = null;
    } else if (interest != 0) {
      descriptorWatch = reactor.register(strand, socket.fd(), interest, onDescriptor);
    }
  }

  void setWantsRoom(SocketCarrier carrier, boolean wantsRoom) {
    boolean changes = wantsRoom != wantingRoom.contains(carrier);
    if (changes && wantsRoom) {
      wantingRoom.add(carrier);
    } else if (changes) {
      wantingRoom.remove(carrier);
    }
    if (changes) {
      watchDescriptor();
    }
  }

  /** Comes once there is no carrier any more. */
  void close() {
    closeWakeUp();
    if (descriptorWatch != null) {
      descriptorWatch.close();
      descriptorWatch = null;
    }
  }

  private final class OnDescriptor extends SocketHandler {
    @Override
    void roomCame() {
      List.copyOf(wantingRoom).forEach(SocketCarrier::roomCame);
    }

    @Override
    boolean takesPackets() {
      return !isEmpty();
    }

    @Override
    boolean receiveBatch(ReceiveBuffers buffers) {
      return SocketShare.this.receiveBatch(buffers);
    }

    @Override
    void batchEnded() {
      endBatch();
    }
  }

  private final class OnWakeUp implements Reactor.ReadyHandler {
    private final WakeUp opened;

    OnWakeUp(WakeUp opened) {
      this.opened = opened;
    }

    @Override
    public void ready(int events) {
      var _ = opened.drain();
      takeQueued();
    }

    @Override
    public boolean looksItself() {
      return true;
    }

    @Override
    public void look() {
      onDescriptor.look();
    }
  }

  // What others read

  /**
   * Takes one element that somebody else has read. Called by who reads, with any strand or none.
   */
  void offer(DatagramBatch batch, int index, MemorySegment memory, long byteOffset) {
    synchronized (handOver) {
      if (queue == null) {
        queue = new HandedOver();
      }
      boolean _ = queue.add(batch, index, memory, byteOffset);
      if (isWoken) {
        return;
      }
      isWoken = true;
      if (wakeUp != null) {
        wakeUp.signal();
      } else {
        var _ = reactor.schedule(strand, 0, this::takeQueued);
      }
    }
  }

  private void takeQueued() {
    deliver(queued());
    endBatch();
  }

  /** What others have read so far, in exchange for an empty queue; null where there is nothing. */
  private @Nullable HandedOver queued() {
    synchronized (handOver) {
      isWoken = false;
      HandedOver full = queue;
      if (full == null || full.count() == 0) {
        return null;
      }
      queue = taken;
      taken = null;
      return full;
    }
  }

  private void deliver(@Nullable HandedOver packets) {
    if (packets == null) {
      return;
    }
    for (int number = 0; number < packets.count(); number++) {
      deliver(
          packets.batch(number),
          packets.index(number),
          packets.memory(),
          packets.byteOffset(number));
    }
    packets.clear();
    taken = packets;
  }

  private void deliver(DatagramBatch batch, int index, MemorySegment memory, long byteOffset) {
    // The only one looks at the port by itself.
    SocketCarrier carrier =
        carriers.size() == 1 ? carriers.getFirst() : carrierOf(batch, index, memory, byteOffset);
    if (carrier != null) {
      carrier.take(batch, index, memory, byteOffset);
      if (!inBatch.contains(carrier)) {
        inBatch.add(carrier);
      }
    }
  }

  private @Nullable SocketCarrier carrierOf(
      DatagramBatch batch, int index, MemorySegment memory, long byteOffset) {
    int port = socket.portOf(batch, index, memory, byteOffset);
    return port < 0 ? null : byPort.get(port);
  }

  private void endBatch() {
    for (int index = 0; index < inBatch.size(); index++) {
      inBatch.get(index).batchEnded();
    }
    inBatch.clear();
  }

  // Reading

  private boolean receiveBatch(ReceiveBuffers buffers) {
    int count = -Errno.EAGAIN;
    HandedOver earlier = null;
    if (socket.beginTurn()) {
      try {
        count = socket.read(buffers, onDescriptor.receiveCount.next(), this);
        earlier = socket.isShared() ? queued() : null;
      } finally {
        socket.endTurn();
      }
    } else {
      earlier = queued();
    }
    onDescriptor.receiveCount.took(count, count > 0 ? buffers.batch().byteSize(0) : 0);
    deliver(earlier);
    for (int index = 0; index < count; index++) {
      deliver(buffers.batch(), index, buffers.memory(), buffers.byteOffset(index));
    }
    return earlier != null || count != -Errno.EAGAIN;
  }
}
