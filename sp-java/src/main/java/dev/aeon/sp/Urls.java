package dev.aeon.sp;

import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.descriptor.SocketTransport;
import dev.aeon.sp.transport.inproc.InprocTransport;
import dev.aeon.sp.transport.ipc.AbstractTransport;
import dev.aeon.sp.transport.ipc.IpcTransport;
import dev.aeon.sp.transport.rawip.RawIpTransport;
import dev.aeon.sp.transport.rawip.UdpTransport;
import dev.aeon.sp.transport.tcp.IpVersion;
import dev.aeon.sp.transport.tcp.TcpTransport;
import dev.aeon.sp.transport.tls.TlsTransport;
import dev.aeon.sp.transport.ws.WebSocketTransport;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A URL taken apart: {@code scheme://address}.
 *
 * @param transport what the scheme names
 * @param address what follows it, checked
 */
record Urls(Transport transport, String address) {
  private static final String SEPARATOR = "://";
  private static final int UNKNOWN = SpAddressException.NO_INDEX;
  private static final Map<String, Transport> TRANSPORTS =
      Stream.<Transport>of(
              new InprocTransport(),
              IpcTransport.ipc(),
              IpcTransport.shm(),
              new AbstractTransport(),
              new TcpTransport("tcp", IpVersion.EITHER),
              new TcpTransport("tcp4", IpVersion.V4),
              new TcpTransport("tcp6", IpVersion.V6),
              new TlsTransport("tls+tcp", IpVersion.EITHER),
              new TlsTransport("tls+tcp4", IpVersion.V4),
              new TlsTransport("tls+tcp6", IpVersion.V6),
              new UdpTransport(),
              new RawIpTransport(),
              WebSocketTransport.plain("ws", IpVersion.EITHER),
              WebSocketTransport.plain("ws4", IpVersion.V4),
              WebSocketTransport.plain("ws6", IpVersion.V6),
              WebSocketTransport.secure("wss", IpVersion.EITHER),
              WebSocketTransport.secure("wss4", IpVersion.V4),
              WebSocketTransport.secure("wss6", IpVersion.V6),
              new SocketTransport())
          .collect(Collectors.toUnmodifiableMap(Transport::scheme, Function.identity()));

  static List<String> schemes() {
    return TRANSPORTS.keySet().stream().sorted().toList();
  }

  static Urls parse(String url, Transport.Direction direction) {
    int end = url.indexOf(SEPARATOR);
    if (end < 0) {
      throw malformed("url has no scheme", url, url.length());
    }
    Transport transport = transportOf(url.substring(0, end), url);
    String address = url.substring(end + SEPARATOR.length());
    check(transport, address, direction, url);
    return new Urls(transport, address);
  }

  private static Transport transportOf(String scheme, String url) {
    Transport transport = TRANSPORTS.get(scheme);
    if (transport == null) {
      throw malformed("url has an unknown scheme: known=" + schemes(), url, 0);
    }
    return transport;
  }

  private static void check(
      Transport transport, String address, Transport.Direction direction, String url) {
    try {
      transport.check(address, direction);
    } catch (TransportException e) {
      throw failure(url, e);
    }
  }

  private static SpAddressException malformed(String violation, String url, int index) {
    return new SpAddressException(
        "%s: index=%d url=%s".formatted(violation, index, url), index, null);
  }

  /** What a transport said of the address, with the place in the whole URL. */
  static SpAddressException failure(String url, TransportException cause) {
    if (cause.index() == TransportException.NO_INDEX) {
      return new SpAddressException(cause.getMessage() + " url=" + url, UNKNOWN, cause);
    }
    int index = url.indexOf(SEPARATOR) + SEPARATOR.length() + cause.index();
    return new SpAddressException(
        "%s index=%d url=%s".formatted(cause.getMessage(), index, url), index, cause);
  }
}
