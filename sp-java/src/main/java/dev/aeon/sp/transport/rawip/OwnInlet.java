package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.Errno;
import dev.aeon.bindings.posix.DatagramSockets;
import dev.aeon.bindings.posix.Poller;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;

/** Reads a socket that has one carrier. Confined to its strand. */
final class OwnInlet extends SocketHandler implements Inlet {
  private final int fd;
  private final SocketCarrier carrier;
  private final Reactor.Registration registration;

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
  void roomCame() {
    carrier.roomCame();
  }

  @Override
  boolean takesPackets() {
    return carrier.takesPackets();
  }

  @Override
  boolean receiveBatch(ReceiveBuffers buffers) {
    int count = DatagramSockets.receiveMany(fd, buffers.batch(), receiveCount.next());
    if (count == -Errno.ECONNREFUSED || count == -Errno.ENOPROTOOPT) {
      carrier.refused();
    }
    receiveCount.took(count, count > 0 ? buffers.batch().byteSize(0) : 0);
    for (int index = 0; index < count; index++) {
      carrier.take(buffers.batch(), index, buffers.memory(), buffers.byteOffset(index));
    }
    return count != -Errno.EAGAIN;
  }

  @Override
  void batchEnded() {
    carrier.batchEnded();
  }

  @Override
  public void close() {
    registration.close();
  }
}
