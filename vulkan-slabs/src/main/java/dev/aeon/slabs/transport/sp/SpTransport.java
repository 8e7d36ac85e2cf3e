package dev.aeon.slabs.transport.sp;

import dev.aeon.slabs.transport.Acceptor;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.ConnectionOptions;
import dev.aeon.slabs.transport.Transport;
import dev.aeon.sp.TlsConfig;
import javax.net.ssl.SSLContext;

/**
 * One of SP's transports under its own scheme. A record is copied once on either side: from the
 * sender's ring into a message, and from the message into the receiver's ring. A sender is never
 * ahead by more than half the receiver's ring.
 */
public abstract sealed class SpTransport implements Transport {
  private final String scheme;

  private SpTransport(String scheme) {
    this.scheme = scheme;
  }

  @Override
  public final String scheme() {
    return scheme;
  }

  @Override
  public final Acceptor bind(String address, ConnectionOptions options) {
    return SpAcceptor.bind(scheme + "://" + address, options, tlsOf(options));
  }

  @Override
  public final Connection connect(String address, ConnectionOptions options) {
    return SpConnector.connect(scheme + "://" + address, options, tlsOf(options));
  }

  private static TlsConfig tlsOf(ConnectionOptions options) {
    SSLContext context = options.tls();
    return context == null ? TlsConfig.platform() : TlsConfig.builder().context(context).build();
  }

  /** {@code ipc:///path/to.sock}: processes of one machine that share no memory. */
  public static final class Ipc extends SpTransport {
    public Ipc() {
      super("ipc");
    }
  }

  /** {@code tcp://host:port}. */
  public static final class Tcp extends SpTransport {
    public Tcp() {
      super("tcp");
    }
  }

  /** {@code tls+tcp://host:port}, with what {@link ConnectionOptions#tls} says. */
  public static final class Tls extends SpTransport {
    public Tls() {
      super("tls+tcp");
    }
  }

  /** {@code ip://host:port/protocol}: IP packets, as SP's mapping has them. */
  public static final class RawIp extends SpTransport {
    public RawIp() {
      super("ip");
    }
  }
}
