package dev.aeon.sp.transport.rawip;

import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.tcp.TcpAddress;

/**
 * Where datagrams go: {@code host:port}, and for IP itself {@code host[:port][/protocol]}.
 *
 * @param host name or number, and port
 * @param protocol of IP, 1 to 254
 */
record DatagramAddress(TcpAddress host, int protocol) {
  static final int UDP = 17;

  /** RFC 3692: for experiments, and for what has no number of its own. */
  static final int DEFAULT_PROTOCOL = 253;

  /** For addresses of raw IP that name none. */
  static final int DEFAULT_PORT = 2530;

  private static final int MAX_PROTOCOL = 254;
  private static final int MAX_DIGIT_COUNT = 3;

  static DatagramAddress parseUdp(String text) {
    return new DatagramAddress(TcpAddress.parse(text), UDP);
  }

  /**
   * Reads an address of raw IP.
   *
   * @throws TransportException that tells the index of the first wrong character
   */
  static DatagramAddress parseRaw(String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    int protocol = slash < 0 ? DEFAULT_PROTOCOL : protocolOf(text, slash + 1);
    return new DatagramAddress(TcpAddress.parse(host, DEFAULT_PORT), protocol);
  }

  private static int protocolOf(String text, int begin) {
    int protocol = 0;
    for (int index = begin; index < text.length(); index++) {
      char digit = text.charAt(index);
      if (digit < '0' || digit > '9' || index - begin == MAX_DIGIT_COUNT) {
        throw malformed("IP protocol is not a number from 1 to 254", text, index);
      }
      protocol = protocol * 10 + digit - '0';
    }
    if (protocol < 1 || protocol > MAX_PROTOCOL) {
      throw malformed("IP protocol is not a number from 1 to 254", text, begin);
    }
    return protocol;
  }

  private static TransportException malformed(String violation, String text, int index) {
    return TransportException.malformed(violation + ": address=" + text, index);
  }
}
