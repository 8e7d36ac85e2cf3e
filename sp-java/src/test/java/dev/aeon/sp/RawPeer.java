package dev.aeon.sp;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A peer that says whatever a test wants, in bytes. */
final class RawPeer implements Closeable {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final InputStream in;
  private final OutputStream out;
  private final Closeable connection;

  private RawPeer(InputStream in, OutputStream out, Closeable connection) {
    this.in = in;
    this.out = out;
    this.connection = connection;
  }

  /** On a socket file, or on the TCP port of a URL of any scheme. */
  static RawPeer connect(String url) throws IOException {
    if (url.startsWith("ipc://")) {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel.connect(UnixDomainSocketAddress.of(url.substring("ipc://".length())));
      return new RawPeer(
          Channels.newInputStream(channel), Channels.newOutputStream(channel), channel);
    }
    return of(new Socket(LOOPBACK, URI.create(url).getPort()));
  }

  /** Inside of TLS, on the TCP port of a URL. */
  static RawPeer connectTls(String url) throws IOException {
    SSLContext context = TestCertificates.client().settings().context();
    int port = URI.create(url).getPort();
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(LOOPBACK, port);
    socket.startHandshake();
    return of(socket);
  }

  private static RawPeer of(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return new RawPeer(socket.getInputStream(), socket.getOutputStream(), socket);
  }

  RawPeer hex(String bytes) throws IOException {
    out.write(HexFormat.of().parseHex(bytes));
    out.flush();
    return this;
  }

  RawPeer text(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return this;
  }

  /** The next bytes that the other side sends. */
  byte[] read(int count) throws IOException {
    return in.readNBytes(count);
  }

  /** Reads up to an empty line. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("connection ended within " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** Reads until the other side closes, and returns how many bytes came. */
  int drain() {
    int count = 0;
    try {
      while (in.read() >= 0) {
        count++;
      }
    } catch (IOException e) {
      return count; // closed with bytes unread: a reset
    }
    return count;
  }

  void halfClose() throws IOException {
    if (connection instanceof SocketChannel channel) {
      channel.shutdownOutput();
    } else {
      ((Socket) connection).shutdownOutput();
    }
  }

  /** Sends one byte after another until the other side has had enough. */
  void drip(Pause pause) {
    try {
      while (true) {
        out.write(0);
        out.flush();
        pause.await();
      }
    } catch (IOException e) {
      return; // it closed
    }
  }

  /** What passes between two bytes. */
  interface Pause {
    void await();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
