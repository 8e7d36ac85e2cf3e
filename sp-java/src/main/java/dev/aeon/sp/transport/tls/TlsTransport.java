package dev.aeon.sp.transport.tls;

import dev.aeon.sp.transport.TransportSettings;
import dev.aeon.sp.transport.stream.ByteStream;
import dev.aeon.sp.transport.stream.MessageStream;
import dev.aeon.sp.transport.stream.PipeContext;
import dev.aeon.sp.transport.stream.SpMessages;
import dev.aeon.sp.transport.tcp.IpVersion;
import dev.aeon.sp.transport.tcp.TcpAddress;
import dev.aeon.sp.transport.tcp.TcpBasedTransport;
import dev.aeon.sp.wire.Framing;

/** {@code tls+tcp://host:port}: what {@code tcp} sends, ciphered. */
public final class TlsTransport extends TcpBasedTransport {
  public TlsTransport(String scheme, IpVersion version) {
    super(scheme, version);
  }

  @Override
  protected TcpAddress parse(String address) {
    return TcpAddress.parse(address);
  }

  @Override
  protected String suffix(String address) {
    return "";
  }

  @Override
  protected void checkSettings(TransportSettings settings, Direction direction) {
    TlsLayer.checkSettings(settings, direction);
  }

  @Override
  public boolean accepterSpeaksFirst() {
    return false;
  }

  @Override
  public MessageStream messages(ByteStream connection, PipeContext context) {
    ByteStream ciphered = TlsLayer.over(connection, context, parse(context.address()));
    return new SpMessages(ciphered, context.host(), Framing.TCP);
  }
}
