package dev.aeon.sp.transport.descriptor;

import dev.aeon.bindings.Descriptor;
import dev.aeon.sp.transport.PeerProperties;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.TransportListener;
import dev.aeon.sp.transport.TransportSettings;
import dev.aeon.sp.transport.stream.AdoptedSocket;
import dev.aeon.sp.transport.stream.ByteStream;
import dev.aeon.sp.transport.stream.MessageStream;
import dev.aeon.sp.transport.stream.PipeContext;
import dev.aeon.sp.transport.stream.SpMessages;
import dev.aeon.sp.transport.stream.StreamFamily;
import dev.aeon.sp.transport.stream.StreamPipe;
import dev.aeon.sp.wire.Framing;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * {@code socket://descriptor}: one connected stream socket that becomes this socket's own, framed
 * as TCP whatever its family. Both sides may dial or listen. When the connection ends it is over:
 * the number may by then be another file's, so it is never taken twice.
 */
public final class SocketTransport implements Transport, StreamFamily {
  private static final int RADIX = 10;

  private final Set<PipeHost> served =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  @Override
  public String scheme() {
    return "socket";
  }

  @Override
  public void check(String address, Direction direction) {
    var _ = parse(address);
  }

  private static int parse(String address) {
    if (address.isEmpty()) {
      throw TransportException.malformed("descriptor's number is missing", 0);
    }
    for (int index = 0; index < address.length(); index++) {
      char digit = address.charAt(index);
      if (digit < '0' || digit > '9') {
        throw TransportException.malformed(
            "descriptor is not a number: descriptor=" + address, index);
      }
    }
    try {
      return Integer.parseInt(address, RADIX);
    } catch (NumberFormatException e) {
      throw TransportException.malformed("descriptor is out of range: descriptor=" + address, 0);
    }
  }

  @Override
  public TransportListener listen(String address, PipeHost host) {
    Descriptor socket = AdoptedSocket.connected(parse(address));
    return new AdoptedConnection(address, host, socket, this);
  }

  @Override
  public void connect(String address, PipeHost host) {
    if (!served.add(host)) {
      throw new TransportException(
          TransportException.Kind.REFUSED, "adopted connection is over: descriptor=" + address);
    }
    Descriptor socket = AdoptedSocket.connected(parse(address));
    StreamPipe.announce(host, this, address).connecting(socket);
  }

  @Override
  public void configure(Descriptor socket, TransportSettings settings) {}

  @Override
  public PeerProperties properties(Descriptor socket, String address) {
    String url = "socket://" + address;
    return PeerProperties.ofAddresses(url, url);
  }

  @Override
  public MessageStream messages(ByteStream connection, PipeContext context) {
    return new SpMessages(connection, context.host(), Framing.TCP);
  }
}
