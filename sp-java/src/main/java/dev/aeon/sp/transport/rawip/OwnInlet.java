package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.Errno;
import dev.aeon.bindings.posix.DatagramSockets;
import dev.aeon.bindings.posix.Poller;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;

/** Reads a socket that has one carrier. Confined to its strand. */
final class OwnInlet implements Inlet, Reactor.ReadyHandler {
  private final int fd;
  private final SocketCarrier carrier;
  private final Reactor.Registration registration;
  private final ReceiveCount receiveCount = new ReceiveCount();

  OwnInlet(Reactor reactor, Strand strand, int fd, SocketCarrier carrier) {
    this.fd = fd;
    this.carrier = carrier;
    this.registration = reactor.register(strand, fd, Poller.READABLE, this);
  }

  @Override
  public void setWantsRoom(boolean wantsRoom) {
    registration.setInterest(wantsRoom ? Poller.READABLE | Poller.WRITABLE : Poller.READABLE);
  }

  @Override
  public void ready(int events) {
    if ((events & Poller.WRITABLE) != 0) {
      carrier.roomCame();
    }
    if ((events & ~Poller.WRITABLE) != 0) {
      receive(1);
    }
  }

  @Override
  public boolean looksItself() {
    return true;
  }

  @Override
  public void look() {
    receive(ReceiveCount.ATTEMPTS_PER_LOOK);
  }

  /** Takes what has come; looks so often before it finds that nothing has. */
  private void receive(int attemptCount) {
    ReceiveBuffers buffers = ReceiveBuffers.POOL.take();
    boolean isEmpty = true;
    for (int left = attemptCount; left > 0 && isEmpty && carrier.takesPackets(); left--) {
      isEmpty = !receive(buffers);
    }
    ReceiveBuffers.POOL.give(buffers);
    if (!isEmpty) {
      carrier.batchEnded();
    }
  }

  /** Whether anything came. */
  private boolean receive(ReceiveBuffers buffers) {
    boolean isEmpty = true;
    receiveCount.begin();
    for (int left = ReceiveCount.BATCHES_PER_EVENT;
        left > 0 && carrier.takesPackets() && receiveCount.isMoreLikely();
        left--) {
      int count = DatagramSockets.receiveMany(fd, buffers.batch(), receiveCount.next());
      if (count == -Errno.ECONNREFUSED || count == -Errno.ENOPROTOOPT) {
        carrier.refused();
      }
      isEmpty &= count == -Errno.EAGAIN;
      receiveCount.took(count, count > 0 ? buffers.batch().byteSize(0) : 0);
      for (int index = 0; index < count; index++) {
        carrier.take(buffers.batch(), index, buffers.memory(), buffers.byteOffset(index));
      }
    }
    return !isEmpty;
  }

  @Override
  public void close() {
    registration.close();
  }
}
