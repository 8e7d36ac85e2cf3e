package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.bindings.posix.WakeUp;

/** The thread that reads a raw socket for several sockets, each of which may sleep or be away. */
final class RawReader implements Runnable {
  private static final long PACKETS = 0;
  private static final long STOP = 1;
  private static final long WITHOUT_LIMIT = -1;

  private final SharedRawSocket socket;
  private final Poller poller = Poller.open();
  private final WakeUp wakeUp = WakeUp.open();
  private boolean isStopped;

  private RawReader(SharedRawSocket socket) {
    this.socket = socket;
    poller.add(socket.fd(), Poller.READABLE, PACKETS);
    poller.add(wakeUp.fd(), Poller.READABLE, STOP);
  }

  static RawReader start(SharedRawSocket socket, String name) {
    RawReader reader = new RawReader(socket);
    Thread.ofPlatform().daemon().name(name).start(reader);
    return reader;
  }

  /** Ends the thread soon; it does not read what comes from now on. */
  synchronized void stop() {
    isStopped = true;
    wakeUp.signal();
  }

  private synchronized boolean isStopped() {
    return isStopped;
  }

  @Override
  public void run() {
    ReceiveBuffers buffers = ReceiveBuffers.POOL.take();
    while (!isStopped()) {
      poller.poll(WITHOUT_LIMIT);
      if (!isStopped()) {
        socket.readForOthers(buffers);
      }
    }
    ReceiveBuffers.POOL.give(buffers);
    close();
  }

  private synchronized void close() {
    poller.close();
    wakeUp.close();
  }
}
