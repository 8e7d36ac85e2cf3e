package dev.aeon.sp.transport.ws;

import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.tcp.TcpAddress;

/**
 * {@code host:port/path}; both port and path may be missing.
 *
 * @param tcp where to connect or listen
 * @param authority as written, for the Host header
 * @param path from the slash on, with what follows a question mark
 */
record WebSocketAddress(TcpAddress tcp, String authority, String path) {
  /**
   * Reads an address.
   *
   * @throws TransportException that tells the index of the first wrong character
   */
  static WebSocketAddress parse(String text, int defaultPort) {
    int slash = text.indexOf('/');
    int end = slash < 0 ? text.length() : slash;
    String authority = text.substring(0, end);
    String path = slash < 0 ? "/" : text.substring(end);
    for (int index = 0; index < path.length(); index++) {
      char each = path.charAt(index);
      if (each <= ' ' || each >= 0x7f || each == '#') {
        throw TransportException.malformed(
            "websocket path has a wrong character: address=" + text, end + index);
      }
    }
    int from = authority.indexOf(';') + 1;
    return new WebSocketAddress(
        TcpAddress.parse(authority, defaultPort), authority.substring(from), path);
  }
}
