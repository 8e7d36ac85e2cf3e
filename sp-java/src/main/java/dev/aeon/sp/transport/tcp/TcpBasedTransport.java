package dev.aeon.sp.transport.tcp;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.TcpSocket;
import dev.aeon.sp.transport.PeerProperties;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.TransportListener;
import dev.aeon.sp.transport.TransportSettings;
import dev.aeon.sp.transport.stream.AdoptedSocket;
import dev.aeon.sp.transport.stream.StreamFamily;
import dev.aeon.sp.transport.stream.StreamListener;
import dev.aeon.sp.transport.stream.StreamPipe;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Listening and dialing over TCP; what travels over the connections is a subclass's. */
public abstract class TcpBasedTransport implements Transport, StreamFamily {
  private static final int BACKLOG = 1024;

  private final String scheme;
  private final IpVersion version;

  protected TcpBasedTransport(String scheme, IpVersion version) {
    this.scheme = scheme;
    this.version = version;
  }

  @Override
  public final String scheme() {
    return scheme;
  }

  /** Takes the TCP part out of an address. */
  protected abstract TcpAddress parse(String address);

  /** What follows the TCP part in an address. */
  protected abstract String suffix(String address);

  /** Refuses settings that the transport cannot work with. */
  protected void checkSettings(TransportSettings settings, Direction direction) {}

  @Override
  public final void configure(Descriptor socket, TransportSettings settings) {
    TcpSocket.setNoDelay(socket, settings.tcpNoDelay());
    TcpSocket.setKeepAlive(socket, settings.tcpKeepAlive());
  }

  @Override
  public final PeerProperties properties(Descriptor socket, String address) {
    String suffix = suffix(address);
    return PeerProperties.ofAddresses(
        url(TcpSocket.localAddress(socket), suffix), url(TcpSocket.remoteAddress(socket), suffix));
  }

  private String url(InetSocketAddress address, String suffix) {
    return scheme + "://" + TcpAddress.format(address) + suffix;
  }

  @Override
  public final void check(String address, Direction direction) {
    TcpAddress parsed = parse(address);
    boolean undialable = parsed.isAny() || parsed.port() == 0;
    if (direction == Direction.DIAL && undialable) {
      throw TransportException.malformed("address cannot be dialed: address=" + address, 0);
    }
    if (!version.admitsLiteral(parsed)) {
      throw TransportException.malformed(
          "address is of the other version of IP: address=" + address, 0);
    }
    if (direction == Direction.LISTEN && parsed.local() != null) {
      throw TransportException.malformed(
          "only a dialed address names where from: address=" + address, 0);
    }
  }

  /** A host's name is looked up before this returns; numbers and {@code *} do not block. */
  @Override
  public final TransportListener listen(String address, PipeHost host) {
    checkSettings(host.settings(), Direction.LISTEN);
    try {
      Descriptor socket = socket(parse(address), host.settings());
      String bound = TcpAddress.format(TcpSocket.localAddress(socket)) + suffix(address);
      return new TcpListener(bound, new StreamListener(host, this, bound, socket));
    } catch (UnknownHostException e) {
      throw unknownHost(address, e);
    } catch (NativeCallException e) {
      throw TcpFailures.of("address cannot be bound", address, e);
    }
  }

  private Descriptor socket(TcpAddress address, TransportSettings settings)
      throws UnknownHostException {
    return settings.listenDescriptor() == TransportSettings.NO_DESCRIPTOR
        ? version.listen(address.resolve(version), BACKLOG)
        : AdoptedSocket.listening(settings.listenDescriptor(), false);
  }

  @Override
  public final void connect(String address, PipeHost host) {
    checkSettings(host.settings(), Direction.DIAL);
    TcpAddress parsed = parse(address);
    if (parsed.literal() != null && parsed.local() == null) {
      Descriptor socket = begin(parsed, address, host.settings().tcpLocalAddress());
      StreamPipe.announce(host, this, address).connecting(socket);
    } else {
      StreamPipe pipe = StreamPipe.announce(host, this, address);
      InetSocketAddress from = host.settings().tcpLocalAddress();
      Thread.startVirtualThread(() -> resolveAndConnect(parsed, from, host, pipe));
    }
  }

  private Descriptor begin(
      TcpAddress address, String text, @Nullable InetSocketAddress localSetting) {
    try {
      InetSocketAddress named = address.resolveLocal(version);
      InetSocketAddress local = named != null ? named : localSetting;
      InetSocketAddress remote = address.resolve(version);
      return local == null ? TcpSocket.connect(remote) : TcpSocket.connect(remote, local);
    } catch (UnknownHostException e) {
      throw unknownHost(text, e);
    } catch (NativeCallException e) {
      throw TcpFailures.of("address cannot be reached", text, e);
    }
  }

  /** Names are looked up outside of the strand, since that may take long. */
  private void resolveAndConnect(
      TcpAddress address, @Nullable InetSocketAddress from, PipeHost host, StreamPipe pipe) {
    try {
      Descriptor socket = begin(address, address.toString(), from);
      inStrand(host, () -> pipe.connecting(socket));
    } catch (TransportException e) {
      inStrand(host, () -> pipe.connectFailed(String.valueOf(e.getMessage())));
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

  /** A bound port. */
  private record TcpListener(String address, StreamListener stream) implements TransportListener {
    @Override
    public void close() {
      stream.close();
    }
  }
}
