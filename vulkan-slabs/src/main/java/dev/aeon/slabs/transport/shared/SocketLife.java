package dev.aeon.slabs.transport.shared;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.Errno;
import dev.aeon.bindings.posix.Sockets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Whether the process at the other end of a socket lives: the kernel closes its end when it goes,
 * however it goes. Looks once a millisecond, when asked. Thread-safe.
 */
final class SocketLife {
  private static final long LOOK_NANOS = 1_000_000;
  private static final MemorySegment SCRATCH = Arena.global().allocate(1);

  private final Descriptor socket;
  private volatile long lastLookNanos = System.nanoTime();
  private volatile boolean alive = true;

  SocketLife(Descriptor socket) {
    this.socket = socket;
  }

  boolean isAlive() {
    if (alive && System.nanoTime() - lastLookNanos >= LOOK_NANOS) {
      look();
    }
    return alive;
  }

  /** Nothing is ever sent over it, so that anything but "nothing yet" is the end. */
  private synchronized void look() {
    if (alive) {
      lastLookNanos = System.nanoTime();
      alive = Sockets.receive(socket.fd(), SCRATCH, 0, 1) == -Errno.EAGAIN;
    }
  }

  /** Ends it for both sides; whether this call did. */
  synchronized boolean end() {
    boolean ended = !socket.isClosed();
    alive = false;
    socket.close();
    return ended;
  }
}
