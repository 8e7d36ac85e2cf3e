package dev.aeon.slabs.transport.sp;

import dev.aeon.slabs.transport.Acceptor;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.ConnectionOptions;
import dev.aeon.slabs.transport.Transport;
import dev.aeon.sp.TlsConfig;

/**
 * One of SP's transports under its own scheme. A record is copied once on either side: from the
 * sender's ring into a message, and from the message into the receiver's ring. A sender is never
 * ahead by more than half the receiver's ring.
 */
public abstract sealed class SpTransport implements Transport {
  private final String scheme;
  private final TlsConfig tls;

  private SpTransport(String scheme, TlsConfig tls) {
    this.scheme = scheme;
    this.tls = tls;
  }

  @Override
  public final String scheme() {
    return scheme;
  }

  @Override
  public final Acceptor bind(String address, ConnectionOptions options) {
    return SpAcceptor.bind(scheme + "://" + address, options, tls);
  }

  @Override
  public final Connection connect(String address, ConnectionOptions options) {
    return SpConnector.connect(scheme + "://" + address, options, tls);
  }

  /** {@code ipc:///path/to.sock}: processes of one machine that share no memory. */
  public static final class Ipc extends SpTransport {
    public Ipc() {
      super("ipc", TlsConfig.platform());
    }
  }

  /** {@code tcp://host:port}. */
  public static final class Tcp extends SpTransport {
    public Tcp() {
      super("tcp", TlsConfig.platform());
    }
  }

  /** {@code tls+tcp://host:port}. */
  public static final class Tls extends SpTransport {
    /** With the platform's trust: enough to connect, and not to bind. */
    public Tls() {
      this(TlsConfig.platform());
    }

    /** With keys and trust of one's own; used through its methods, not through URLs. */
    public Tls(TlsConfig config) {
      super("tls+tcp", config);
    }
  }

  /** {@code ip://host:port/protocol}: IP packets, as SP's mapping has them. */
  public static final class RawIp extends SpTransport {
    public RawIp() {
      super("ip", TlsConfig.platform());
    }
  }
}
