package dev.aeon.slabs.transport.shared;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.Errno;
import dev.aeon.bindings.posix.Sockets;
import dev.aeon.slabs.ring.RingSignal;
import dev.aeon.slabs.transport.Sleepers;
import dev.aeon.slabs.transport.WaitSet;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The socket that two processes hold while they live: the kernel closes its end when one goes,
 * however it goes. A byte over it wakes the other; what the byte is does not matter, and one that
 * finds no room is not missed, for those before it have not been heard yet. Looks once a
 * millisecond when asked whether the peer lives. Thread-safe, and never blocks.
 */
final class SocketLife implements RingSignal {
  private static final long LOOK_NANOS = 1_000_000;
  private static final int SCRATCH_BYTES = 64;
  private static final MemorySegment SCRATCH = Arena.global().allocate(SCRATCH_BYTES);

  private final Descriptor socket;
  private final Sleepers sleepers;
  private final List<WaitSet> watching = new ArrayList<>();
  private volatile long lastLookNanos = System.nanoTime();
  private volatile boolean alive = true;

  SocketLife(Descriptor socket, Sleepers sleepers) {
    this.socket = socket;
    this.sleepers = sleepers;
  }

  /** Has {@code waits} watch the socket, and whoever hears a byte tell the others. */
  synchronized void wakes(WaitSet waits) {
    if (alive) {
      watching.add(waits);
      waits.watch(socket.fd(), this::look);
    }
  }

  @Override
  public synchronized void signal() {
    if (alive) {
      Sockets.send(socket.fd(), SCRATCH, 0, 1);
    }
  }

  boolean isAlive() {
    if (alive && System.nanoTime() - lastLookNanos >= LOOK_NANOS) {
      look();
    }
    return alive;
  }

  /** Takes some bytes away: what is left makes the socket readable again. */
  private synchronized void look() {
    if (alive) {
      lastLookNanos = System.nanoTime();
      long byteCount = Sockets.receive(socket.fd(), SCRATCH, 0, SCRATCH_BYTES);
      if (byteCount > 0) {
        sleepers.signal();
      } else if (byteCount != -Errno.EAGAIN) {
        die();
      }
    }
  }

  private void die() {
    alive = false;
    watching.forEach(each -> each.unwatch(socket.fd()));
    watching.clear();
    sleepers.signal();
  }

  /** Ends it for both sides; whether this call did. */
  synchronized boolean end() {
    boolean ended = !socket.isClosed();
    die();
    socket.close();
    return ended;
  }
}
