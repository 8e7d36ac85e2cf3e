package dev.aeon.sp.transport.tcp;

import dev.aeon.sp.transport.TransportException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * {@code host:port}, {@code [v6]:port}, or {@code *:port} for every address of the machine.
 *
 * @param host without brackets
 * @param port 0 to 65535
 */
record TcpAddress(String host, int port) {
  private static final String ANY = "*";
  private static final int MAX_PORT = 65_535;

  static TcpAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw malformed("tcp address is not host:port", text);
    }
    return new TcpAddress(hostOf(text.substring(0, colon), text), portOf(text, colon + 1));
  }

  private static String hostOf(String host, String text) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]") && host.length() > 2;
    if (!bracketed && (host.indexOf(':') >= 0 || host.indexOf('[') >= 0 || host.isBlank())) {
      throw malformed("tcp host is malformed", text);
    }
    return bracketed ? host.substring(1, host.length() - 1) : host;
  }

  private static int portOf(String text, int begin) {
    try {
      int port = Integer.parseInt(text, begin, text.length(), 10);
      if (port >= 0 && port <= MAX_PORT && text.charAt(begin) != '+') {
        return port;
      }
      throw malformed("tcp port is out of range", text);
    } catch (NumberFormatException e) {
      throw malformed("tcp port is not a number", text);
    }
  }

  private static TransportException malformed(String violation, String text) {
    return new TransportException(TransportException.Kind.ADDRESS, violation + ": address=" + text);
  }

  /** Whether it stands for every address of the machine. */
  boolean isAny() {
    return host.equals(ANY);
  }

  /** The address if the host is a number, else null. */
  @Nullable InetSocketAddress literal() {
    try {
      return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Looks the host's name up, which may block. */
  InetSocketAddress resolve() throws UnknownHostException {
    return isAny()
        ? new InetSocketAddress(port)
        : new InetSocketAddress(InetAddress.getByName(host), port);
  }

  /** The text form of a bound address. */
  static String format(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
