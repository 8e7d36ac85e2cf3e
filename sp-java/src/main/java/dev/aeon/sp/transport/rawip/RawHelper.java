package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.Errno;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.DatagramSockets;
import dev.aeon.bindings.posix.Poller;
import dev.aeon.bindings.posix.UnixAddress;
import dev.aeon.bindings.posix.UnixSocket;
import dev.aeon.sp.transport.TransportException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The program {@code sp-raw-helper}, which may open raw sockets and passes them on: eight octets
 * ask, four answer with an errno, and the descriptor comes with them where that is 0.
 *
 * <pre>
 *   ask:    "AERW"  version (1)  IP version (4 or 6)  protocol  0
 *   answer: errno, 32 bits in network order
 * </pre>
 */
final class RawHelper {
  /** The system property that names the helper's socket. */
  static final String PROPERTY = "aeon.sp.rawHelper";

  static final String DEFAULT_PATH = "/run/aeon/sp-raw-helper.sock";

  private static final int ASK_BYTE_SIZE = 8;
  private static final int ANSWER_BYTE_SIZE = 4;
  private static final long LIMIT_NANOS = 2_000_000_000;
  private static final int IPV4_BYTE_SIZE = 4;
  private static final byte VERSION = 1;
  private static final ValueLayout.OfInt ERRNO =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final String path;

  RawHelper(String path) {
    this.path = path;
  }

  static RawHelper ofProperty() {
    return new RawHelper(System.getProperty(PROPERTY, DEFAULT_PATH));
  }

  /**
   * Has a raw socket opened, and binds it.
   *
   * @throws TransportException where there is no helper, or it refuses
   */
  Descriptor open(InetAddress local, int protocol) {
    Descriptor raw = ask(local, protocol);
    try {
      DatagramSockets.adoptRaw(raw, local, protocol);
      return raw;
    } catch (NativeCallException e) {
      raw.close();
      throw e;
    }
  }

  private Descriptor ask(InetAddress local, int protocol) {
    try (Arena arena = Arena.ofConfined();
        Descriptor helper = UnixSocket.connect(UnixAddress.ofPath(path))) {
      MemorySegment ask = question(local, protocol, arena);
      UnixSocket.sendDescriptors(helper, ask);
      return answer(helper, protocol, arena);
    } catch (NativeCallException | IllegalArgumentException e) {
      throw refused("there is no helper", protocol, e);
    }
  }

  private static MemorySegment question(InetAddress local, int protocol, Arena arena) {
    byte family = (byte) (local.getAddress().length == IPV4_BYTE_SIZE ? 4 : 6);
    MemorySegment ask = arena.allocate(ASK_BYTE_SIZE);
    ask.copyFrom(
        MemorySegment.ofArray(
            new byte[] {'A', 'E', 'R', 'W', VERSION, family, (byte) protocol, 0}));
    return ask;
  }

  private Descriptor answer(Descriptor helper, int protocol, Arena arena) {
    MemorySegment answer = arena.allocate(ANSWER_BYTE_SIZE);
    awaitReadable(helper, protocol);
    UnixSocket.Received received = UnixSocket.receiveDescriptors(helper, answer);
    boolean isComplete = received.byteCount() == ANSWER_BYTE_SIZE;
    int errno = isComplete ? answer.get(ERRNO, 0) : Errno.EIO;
    if (errno == 0 && received.descriptors().size() == 1) {
      return received.descriptors().getFirst();
    }
    received.descriptors().forEach(Descriptor::close);
    throw refused("the helper refused with errno=" + Errno.nameOf(errno), protocol, null);
  }

  private void awaitReadable(Descriptor helper, int protocol) {
    try (Poller poller = Poller.open()) {
      poller.add(helper.fd(), Poller.READABLE, 0);
      if (poller.poll(LIMIT_NANOS) == 0) {
        throw refused("the helper does not answer", protocol, null);
      }
    }
  }

  private TransportException refused(String why, int protocol, @Nullable Exception cause) {
    return new TransportException(
        TransportException.Kind.SYSTEM,
        ("raw IP needs the capability CAP_NET_RAW or a running sp-raw-helper, whose socket the"
                + " system property %s names, and %s: helper=%s protocol=%d")
            .formatted(PROPERTY, why, path, protocol),
        cause);
  }
}
