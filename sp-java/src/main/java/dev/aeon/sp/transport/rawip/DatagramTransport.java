package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.Errno;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.TransportListener;
import dev.aeon.sp.transport.datagram.DatagramEndpoint;
import dev.aeon.sp.transport.datagram.DatagramSettings;
import dev.aeon.sp.transport.tcp.IpVersion;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Listening and dialing over datagrams; which sockets carry them is a subclass's. */
abstract class DatagramTransport implements Transport {
  private final String scheme;

  DatagramTransport(String scheme) {
    this.scheme = scheme;
  }

  abstract DatagramAddress parse(String address);

  /**
   * Opens a socket to listen with.
   *
   * @throws NativeCallException where the system refuses
   * @throws TransportException where it needs a right that this process does not have
   */
  abstract CarrierSocket listening(DatagramAddress address) throws UnknownHostException;

  /** Opens a socket to dial with, as {@link #listening}. Looks names up, which may block. */
  abstract CarrierSocket dialing(DatagramAddress address, InetSocketAddress remote)
      throws UnknownHostException;

  /** What follows the port in an address. */
  abstract String suffix(DatagramAddress address);

  @Override
  public final String scheme() {
    return scheme;
  }

  @Override
  public final void check(String address, Direction direction) {
    DatagramAddress parsed = parse(address);
    boolean isUndialable = parsed.host().isAny() || parsed.host().port() == 0;
    if (direction == Direction.DIAL && isUndialable) {
      throw TransportException.malformed("address cannot be dialed: address=" + address, 0);
    }
    if (direction == Direction.LISTEN && parsed.host().local() != null) {
      throw TransportException.malformed(
          "only a dialed address names where from: address=" + address, 0);
    }
  }

  /** A host's name is looked up before this returns; numbers and {@code *} do not block. */
  @Override
  public final TransportListener listen(String address, PipeHost host) {
    DatagramAddress parsed = parse(address);
    try {
      CarrierSocket socket = listening(parsed);
      UrlNames names = names(parsed, socket);
      DatagramEndpoint endpoint =
          DatagramEndpoint.listen(
              host, carrier(host, socket), DatagramSettings.of(host.settings()), names);
      return new DatagramListener(names.address(socket.local()), endpoint);
    } catch (UnknownHostException e) {
      throw unknownHost(address, e);
    } catch (NativeCallException e) {
      throw failed("address cannot be bound", address, e);
    }
  }

  private UrlNames names(DatagramAddress address, CarrierSocket socket) {
    return new UrlNames(scheme, socket.local(), suffix(address));
  }

  private static SocketCarrier carrier(PipeHost host, CarrierSocket socket) {
    return new SocketCarrier(host.reactor(), host.strand(), socket);
  }

  @Override
  public final void connect(String address, PipeHost host) {
    DatagramAddress parsed = parse(address);
    if (parsed.host().literal() != null && parsed.host().local() == null) {
      Way way = way(parsed, address);
      begin(DatagramEndpoint.dial(host, DatagramSettings.of(host.settings())), host, way);
    } else {
      DatagramEndpoint.Dialing dialing =
          DatagramEndpoint.dial(host, DatagramSettings.of(host.settings()));
      Thread.startVirtualThread(() -> resolveAndConnect(parsed, address, host, dialing));
    }
  }

  /** A socket and whom to greet through it. */
  private record Way(CarrierSocket socket, InetSocketAddress remote, UrlNames names) {}

  private Way way(DatagramAddress parsed, String address) {
    try {
      InetSocketAddress remote = parsed.host().resolve(IpVersion.EITHER);
      CarrierSocket socket = dialing(parsed, remote);
      return new Way(socket, remote, names(parsed, socket));
    } catch (UnknownHostException e) {
      throw unknownHost(address, e);
    } catch (NativeCallException e) {
      throw failed("address cannot be reached", address, e);
    }
  }

  private static void begin(DatagramEndpoint.Dialing dialing, PipeHost host, Way way) {
    dialing.connecting(carrier(host, way.socket()), PeerAddresses.of(way.remote()), way.names());
  }

  /** Names are looked up outside of the strand, since that may take long. */
  private void resolveAndConnect(
      DatagramAddress parsed, String address, PipeHost host, DatagramEndpoint.Dialing dialing) {
    try {
      Way way = way(parsed, address);
      inStrand(host, () -> begin(dialing, host, way));
    } catch (TransportException e) {
      inStrand(host, () -> dialing.connectFailed(String.valueOf(e.getMessage())));
    }
  }

  private static void inStrand(PipeHost host, Runnable task) {
    host.strand().lock();
    try {
      task.run();
    } finally {
      host.strand().unlock();
    }
  }

  private static TransportException unknownHost(String address, UnknownHostException cause) {
    return new TransportException(
        TransportException.Kind.ADDRESS, "host is unknown: address=" + address, cause);
  }

  private static TransportException failed(
      String violation, String address, NativeCallException cause) {
    return new TransportException(
        cause.errno() == Errno.EADDRINUSE
            ? TransportException.Kind.IN_USE
            : TransportException.Kind.SYSTEM,
        "%s: errno=%s address=%s".formatted(violation, cause.errnoName(), address),
        cause);
  }

  /** A bound address. */
  private record DatagramListener(String address, DatagramEndpoint endpoint)
      implements TransportListener {
    @Override
    public void close() {
      endpoint.close();
    }
  }
}
