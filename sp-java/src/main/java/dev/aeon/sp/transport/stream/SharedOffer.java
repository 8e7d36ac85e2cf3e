package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.Doorbell;
import dev.aeon.bindings.posix.UnixSocket;
import dev.aeon.sp.transport.shm.OutgoingRing;
import java.lang.foreign.MemorySegment;

/**
 * What this side offers its peer: memory that it will write to, and a doorbell that the peer is to
 * ring.
 */
record SharedOffer(OutgoingRing ring, Doorbell doorbell) implements AutoCloseable {
  /**
   * Makes both.
   *
   * @throws NativeCallException if the system has no memory or descriptor for it
   */
  static SharedOffer make(String name, long leastCapacity) {
    OutgoingRing ring = OutgoingRing.create(name, leastCapacity);
    try {
      return new SharedOffer(ring, Doorbell.open());
    } catch (NativeCallException e) {
      ring.close();
      throw e;
    }
  }

  /**
   * Passes the descriptors of both with {@code bytes}, and keeps none that it does not need.
   *
   * @return the bytes taken
   * @throws NativeCallException {@code EAGAIN} where there was no room: to be called again
   */
  long pass(Descriptor socket, MemorySegment bytes) {
    long count =
        UnixSocket.sendDescriptors(socket, bytes, ring.descriptor().fd(), doorbell.button().fd());
    ring.descriptorPassed();
    doorbell.buttonPassed();
    return count;
  }

  @Override
  public void close() {
    ring.close();
    doorbell.close();
  }
}
