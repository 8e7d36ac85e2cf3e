package dev.aeon.sp.transport.tcp;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.Errno;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.TcpSocket;
import dev.aeon.sp.transport.PeerProperties;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.TransportListener;
import dev.aeon.sp.transport.TransportSettings;
import dev.aeon.sp.transport.stream.StreamFamily;
import dev.aeon.sp.transport.stream.StreamListener;
import dev.aeon.sp.transport.stream.StreamPipe;
import dev.aeon.sp.wire.Framing;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** {@code tcp://host:port}; port 0 to listen on one that the system chooses. */
public final class TcpTransport implements Transport, StreamFamily {
  private static final int BACKLOG = 128;

  @Override
  public String scheme() {
    return "tcp";
  }

  @Override
  public Framing framing() {
    return Framing.TCP;
  }

  @Override
  public void configure(Descriptor socket, TransportSettings settings) {
    TcpSocket.setNoDelay(socket, settings.tcpNoDelay());
    TcpSocket.setKeepAlive(socket, settings.tcpKeepAlive());
  }

  @Override
  public PeerProperties properties(Descriptor socket, String address) {
    return PeerProperties.ofAddresses(
        url(TcpSocket.localAddress(socket)), url(TcpSocket.remoteAddress(socket)));
  }

  private static String url(InetSocketAddress address) {
    return "tcp://" + TcpAddress.format(address);
  }

  @Override
  public void check(String address, Direction direction) {
    TcpAddress parsed = TcpAddress.parse(address);
    if (direction == Direction.DIAL && (parsed.isAny() || parsed.port() == 0)) {
      throw new TransportException(
          TransportException.Kind.ADDRESS, "tcp address cannot be dialed: address=" + address);
    }
  }

  /** A host's name is looked up before this returns; numbers and {@code *} do not block. */
  @Override
  public TransportListener listen(String address, PipeHost host) {
    try {
      return bind(TcpAddress.parse(address).resolve(), host);
    } catch (UnknownHostException e) {
      throw new TransportException(
          TransportException.Kind.ADDRESS, "tcp host is unknown: address=" + address, e);
    } catch (NativeCallException e) {
      throw failure("tcp address cannot be bound", address, e);
    }
  }

  private TransportListener bind(InetSocketAddress address, PipeHost host) {
    Descriptor socket = TcpSocket.listen(address, BACKLOG);
    String bound = TcpAddress.format(TcpSocket.localAddress(socket));
    return new TcpListener(bound, new StreamListener(host, this, bound, socket));
  }

  @Override
  public void connect(String address, PipeHost host) {
    TcpAddress parsed = TcpAddress.parse(address);
    InetSocketAddress literal = parsed.literal();
    if (literal != null) {
      Descriptor socket = begin(literal, address);
      StreamPipe.announce(host, this, address).connecting(socket);
    } else {
      StreamPipe pipe = StreamPipe.announce(host, this, address);
      Thread.startVirtualThread(() -> resolveAndConnect(parsed, host, pipe));
    }
  }

  private static Descriptor begin(InetSocketAddress remote, String address) {
    try {
      return TcpSocket.connect(remote);
    } catch (NativeCallException e) {
      throw failure("tcp address cannot be reached", address, e);
    }
  }

  /** Names are looked up outside of the strand, since that may take long. */
  private static void resolveAndConnect(TcpAddress address, PipeHost host, StreamPipe pipe) {
    try {
      Descriptor socket = begin(address.resolve(), address.toString());
      inStrand(host, () -> pipe.connecting(socket));
    } catch (UnknownHostException | TransportException e) {
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

  private static TransportException failure(
      String violation, String address, NativeCallException cause) {
    TransportException.Kind kind =
        cause.errno() == Errno.EADDRINUSE
            ? TransportException.Kind.IN_USE
            : TransportException.Kind.SYSTEM;
    return new TransportException(
        kind, "%s: errno=%s address=%s".formatted(violation, cause.errnoName(), address), cause);
  }

  /** A bound port. */
  private record TcpListener(String address, StreamListener stream) implements TransportListener {
    @Override
    public void close() {
      stream.close();
    }
  }
}
