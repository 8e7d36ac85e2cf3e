package dev.aeon.sp.transport.tcp;

import dev.aeon.sp.transport.stream.ByteStream;
import dev.aeon.sp.transport.stream.MessageStream;
import dev.aeon.sp.transport.stream.PipeContext;
import dev.aeon.sp.transport.stream.SpMessages;
import dev.aeon.sp.wire.Framing;

/**
 * {@code tcp://host:port}, and {@code tcp4} and {@code tcp6} for one version of IP; port 0 to
 * listen on one that the system chooses.
 */
public final class TcpTransport extends TcpBasedTransport {
  public TcpTransport(String scheme, IpVersion version) {
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
  public MessageStream messages(ByteStream connection, PipeContext context) {
    return new SpMessages(connection, context.host(), Framing.TCP);
  }
}
