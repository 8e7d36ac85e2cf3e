package dev.aeon.sp.transport.ws;

import dev.aeon.sp.transport.TransportSettings;
import dev.aeon.sp.transport.stream.ByteStream;
import dev.aeon.sp.transport.stream.MessageStream;
import dev.aeon.sp.transport.stream.PipeContext;
import dev.aeon.sp.transport.tcp.IpVersion;
import dev.aeon.sp.transport.tcp.TcpAddress;
import dev.aeon.sp.transport.tcp.TcpBasedTransport;
import dev.aeon.sp.transport.tls.TlsLayer;

/** {@code ws://host:port/path}, port 80; {@code wss} inside of TLS, port 443. */
public final class WebSocketTransport extends TcpBasedTransport {
  private static final int PORT = 80;
  private static final int SECURE_PORT = 443;

  private final boolean isSecure;

  private WebSocketTransport(String scheme, IpVersion version, boolean isSecure) {
    super(scheme, version);
    this.isSecure = isSecure;
  }

  public static WebSocketTransport plain(String scheme, IpVersion version) {
    return new WebSocketTransport(scheme, version, false);
  }

  public static WebSocketTransport secure(String scheme, IpVersion version) {
    return new WebSocketTransport(scheme, version, true);
  }

  private WebSocketAddress parseWhole(String address) {
    return WebSocketAddress.parse(address, isSecure ? SECURE_PORT : PORT);
  }

  @Override
  protected TcpAddress parse(String address) {
    return parseWhole(address).tcp();
  }

  @Override
  protected String suffix(String address) {
    return parseWhole(address).path();
  }

  @Override
  protected void checkSettings(TransportSettings settings, Direction direction) {
    if (isSecure) {
      TlsLayer.checkSettings(settings, direction);
    }
  }

  @Override
  public boolean accepterSpeaksFirst() {
    return false;
  }

  @Override
  public MessageStream messages(ByteStream connection, PipeContext context) {
    WebSocketAddress address = parseWhole(context.address());
    ByteStream bytes = isSecure ? TlsLayer.over(connection, context, address.tcp()) : connection;
    return new WebSocketMessages(bytes, context, address);
  }
}
