package dev.aeon.sp.transport.ipc;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.Errno;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.UnixAddress;
import dev.aeon.bindings.posix.UnixSocket;
import dev.aeon.sp.transport.PeerProperties;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.TransportSettings;
import dev.aeon.sp.transport.stream.ByteStream;
import dev.aeon.sp.transport.stream.ExtendedGreeting;
import dev.aeon.sp.transport.stream.MessageStream;
import dev.aeon.sp.transport.stream.PipeContext;
import dev.aeon.sp.transport.stream.SpMessages;
import dev.aeon.sp.transport.stream.StreamFamily;
import dev.aeon.sp.transport.stream.StreamPipe;
import dev.aeon.sp.wire.Framing;

/** Dialing over Unix-domain sockets; how names are written and bound is a subclass's. */
abstract class UnixBasedTransport implements Transport, StreamFamily {
  private final String scheme;
  private final boolean sharesAlways;

  /**
   * @param sharesAlways whether a peer that shares no memory is refused
   */
  UnixBasedTransport(String scheme, boolean sharesAlways) {
    this.scheme = scheme;
    this.sharesAlways = sharesAlways;
  }

  /**
   * Reads an address.
   *
   * @throws TransportException that tells the index of the first wrong character
   */
  abstract UnixAddress parse(String address);

  @Override
  public final String scheme() {
    return scheme;
  }

  @Override
  public final void check(String address, Direction direction) {
    var _ = parse(address);
  }

  @Override
  public final void configure(Descriptor socket, TransportSettings settings) {}

  @Override
  public final PeerProperties properties(Descriptor socket, String address) {
    String url = scheme + "://" + address;
    return new PeerProperties(url, url, UnixSocket.peerCredentials(socket), null);
  }

  @Override
  public final MessageStream messages(ByteStream connection, PipeContext context) {
    long offered = context.host().settings().sharedByteSize();
    long shared = sharesAlways && offered == 0 ? TransportSettings.SHARED_BYTE_SIZE : offered;
    ByteStream greeting = ExtendedGreeting.over(connection, context, shared, sharesAlways);
    return new SpMessages(greeting, context.host(), Framing.IPC);
  }

  @Override
  public final void connect(String address, PipeHost host) {
    Descriptor socket = begin(address);
    StreamPipe.announce(host, this, address).connecting(socket);
  }

  private Descriptor begin(String address) {
    try {
      return UnixSocket.connect(parse(address));
    } catch (NativeCallException e) {
      throw new TransportException(
          TransportException.Kind.REFUSED,
          "name cannot be reached: errno=%s name=%s".formatted(e.errnoName(), address),
          e);
    }
  }

  static TransportException unbindable(String address, NativeCallException cause) {
    return new TransportException(
        cause.errno() == Errno.EADDRINUSE
            ? TransportException.Kind.IN_USE
            : TransportException.Kind.SYSTEM,
        "name cannot be bound: errno=%s name=%s".formatted(cause.errnoName(), address),
        cause);
  }
}
