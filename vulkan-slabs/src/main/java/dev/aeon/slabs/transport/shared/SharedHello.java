package dev.aeon.slabs.transport.shared;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.UnixSocket;
import dev.aeon.slabs.transport.TransportException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a connector says, once: 8 bytes of magic and version, with the descriptors of the slab for
 * requests and the slab for responses.
 */
final class SharedHello {
  private static final ValueLayout.OfLong I64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** "PSYNE", then the version. */
  private static final long GREETING = 0x0001_0045_4E59_5350L;

  private static final int DESCRIPTOR_COUNT = 2;

  private SharedHello() {}

  static void send(Descriptor socket, Descriptor requests, Descriptor responses) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment greeting = arena.allocate(I64);
      greeting.set(I64, 0, GREETING);
      UnixSocket.sendDescriptors(socket, greeting, requests.fd(), responses.fd());
    } catch (NativeCallException refused) {
      throw new TransportException("the other end went away while connecting", refused);
    }
  }

  /**
   * What has arrived, or null where nothing has yet.
   *
   * @throws TransportException where it is no such greeting, or the other end has gone
   */
  static @Nullable List<Descriptor> receive(Descriptor socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment greeting = arena.allocate(I64);
      UnixSocket.Received received = UnixSocket.receiveDescriptors(socket, greeting);
      requireGreeting(received, greeting.get(I64, 0));
      return received.descriptors();
    } catch (NativeCallException failed) {
      if ("EAGAIN".equals(failed.errnoName())) {
        return null;
      }
      throw new TransportException("the other end went away while connecting", failed);
    }
  }

  private static void requireGreeting(UnixSocket.Received received, long word) {
    boolean greeted = received.byteCount() == Long.BYTES && word == GREETING;
    if (!greeted || received.descriptors().size() != DESCRIPTOR_COUNT) {
      received.descriptors().forEach(Descriptor::close);
      throw new TransportException(
          "connector does not greet as it should: byteCount=%d word=0x%x descriptorCount=%d"
              .formatted(received.byteCount(), word, received.descriptors().size()));
    }
  }
}
