package dev.aeon.sp.transport.tcp;

import dev.aeon.sp.transport.TransportException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * {@code host:port}, {@code [v6]:port}, or {@code *:port} for every address of the machine; before
 * it may come {@code local;}, the address to dial from.
 *
 * @param host without brackets
 * @param port 0 to 65535
 * @param local where to dial from, without brackets; null lets the system choose
 */
public record TcpAddress(String host, int port, @Nullable String local) {
  private static final String ANY = "*";
  private static final int MAX_PORT = 65_535;
  private static final int NO_PORT = -1;

  /**
   * Reads an address.
   *
   * @throws TransportException that tells the index of the first wrong character
   */
  public static TcpAddress parse(String text) {
    return parse(text, NO_PORT);
  }

  /** As {@link #parse(String)}, with a port for addresses that name none. */
  public static TcpAddress parse(String text, int defaultPort) {
    int begin = text.indexOf(';') + 1;
    String local = begin == 0 ? null : hostOf(text, 0, begin - 1);
    int end = hostEnd(text, begin);
    String host = hostOf(text, begin, end);
    if (end < text.length()) {
      return new TcpAddress(host, portOf(text, end + 1), local);
    }
    if (defaultPort == NO_PORT) {
      throw malformed("address has no port", text, end);
    }
    return new TcpAddress(host, defaultPort, local);
  }

  /** Where the colon before the port is, or the text's end. */
  private static int hostEnd(String text, int begin) {
    boolean bracketed = text.startsWith("[", begin);
    int bracket = bracketed ? text.indexOf(']', begin) : begin;
    if (bracket < 0) {
      throw malformed("host lacks its closing bracket", text, text.length());
    }
    int colon = text.indexOf(':', bracket);
    int end = colon < 0 ? text.length() : colon;
    if (bracketed && end != bracket + 1) {
      throw malformed("host is followed by something else than a port", text, bracket + 1);
    }
    return end;
  }

  private static String hostOf(String text, int begin, int end) {
    boolean bracketed = text.startsWith("[", begin);
    int first = bracketed ? begin + 1 : begin;
    int last = bracketed ? end - 1 : end;
    if (last <= first) {
      throw malformed("host is empty", text, first);
    }
    for (int index = first; index < last; index++) {
      if (!isHostCharacter(text.charAt(index), bracketed)) {
        throw malformed("host has a wrong character", text, index);
      }
    }
    return text.substring(first, last);
  }

  private static boolean isHostCharacter(char each, boolean bracketed) {
    boolean plain = each > ' ' && each != 0x7f && "[]/?#@;:".indexOf(each) < 0;
    return plain || (bracketed && each == ':');
  }

  private static int portOf(String text, int begin) {
    if (begin == text.length()) {
      throw malformed("port is missing", text, begin);
    }
    int port = 0;
    for (int index = begin; index < text.length(); index++) {
      char digit = text.charAt(index);
      if (digit < '0' || digit > '9') {
        throw malformed("port is not a number", text, index);
      }
      port = port * 10 + digit - '0';
      if (port > MAX_PORT) {
        throw malformed("port is out of range", text, begin);
      }
    }
    return port;
  }

  private static TransportException malformed(String violation, String text, int index) {
    return TransportException.malformed(violation + ": address=" + text, index);
  }

  /** Whether it stands for every address of the machine. */
  public boolean isAny() {
    return host.equals(ANY);
  }

  /** The address if the host is a number, else null. */
  public @Nullable InetSocketAddress literal() {
    try {
      return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Looks the host's name up, which may block. */
  public InetSocketAddress resolve(IpVersion version) throws UnknownHostException {
    return new InetSocketAddress(isAny() ? version.any() : version.resolve(host), port);
  }

  /** Where to dial from, if the address says so; a name is looked up, which may block. */
  public @Nullable InetSocketAddress resolveLocal(IpVersion version) throws UnknownHostException {
    return local == null ? null : new InetSocketAddress(version.resolve(local), 0);
  }

  /** The text form of a bound address. */
  public static String format(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
