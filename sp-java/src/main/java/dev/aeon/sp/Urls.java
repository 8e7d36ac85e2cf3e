package dev.aeon.sp;

import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.inproc.InprocTransport;
import dev.aeon.sp.transport.ipc.IpcTransport;
import dev.aeon.sp.transport.tcp.TcpTransport;
import java.util.List;

/**
 * A URL taken apart: {@code scheme://address}.
 *
 * @param transport what the scheme names
 * @param address what follows it, checked
 */
record Urls(Transport transport, String address) {
  private static final String SEPARATOR = "://";
  private static final List<Transport> TRANSPORTS =
      List.of(new InprocTransport(), new IpcTransport(), new TcpTransport());

  static Urls parse(String url, Transport.Direction direction) {
    int end = url.indexOf(SEPARATOR);
    if (end < 0) {
      throw new SpAddressException("url has no scheme: url=" + url, null);
    }
    Transport transport = transportOf(url.substring(0, end), url);
    String address = url.substring(end + SEPARATOR.length());
    check(transport, address, direction, url);
    return new Urls(transport, address);
  }

  private static Transport transportOf(String scheme, String url) {
    return TRANSPORTS.stream()
        .filter(each -> each.scheme().equals(scheme))
        .findFirst()
        .orElseThrow(() -> new SpAddressException("url has an unknown scheme: url=" + url, null));
  }

  private static void check(
      Transport transport, String address, Transport.Direction direction, String url) {
    try {
      transport.check(address, direction);
    } catch (TransportException e) {
      throw failure(url, e);
    }
  }

  static SpAddressException failure(String url, TransportException cause) {
    return new SpAddressException(cause.getMessage() + " url=" + url, cause);
  }
}
