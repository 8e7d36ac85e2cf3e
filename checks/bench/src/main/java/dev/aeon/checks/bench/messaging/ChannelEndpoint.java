package dev.aeon.checks.bench.messaging;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/** A blocking socket channel: one write call a message, and reads of all that has come. */
final class ChannelEndpoint implements Endpoint {
  private static final int PREFIX_BYTE_SIZE = Integer.BYTES;

  private final ByteBuffer out = ByteBuffer.allocateDirect(PREFIX_BYTE_SIZE + MAX_BODY_BYTE_SIZE);
  private final ByteBuffer in =
      ByteBuffer.allocateDirect(PREFIX_BYTE_SIZE + MAX_BODY_BYTE_SIZE).limit(0);
  private @Nullable ServerSocketChannel listener;
  private @Nullable SocketChannel channel;

  @Override
  public void listen(String url) {
    try {
      SocketAddress address = address(url);
      listener =
          address instanceof UnixDomainSocketAddress
              ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
              : ServerSocketChannel.open();
      listener.bind(address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void dial(String url) {
    try {
      channel = withoutDelay(SocketChannel.open(address(url)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SocketAddress address(String url) {
    URI uri = URI.create(url);
    return uri.getScheme().equals("tcp")
        ? new InetSocketAddress(uri.getHost(), uri.getPort())
        : UnixDomainSocketAddress.of(uri.getPath());
  }

  private static SocketChannel withoutDelay(SocketChannel channel) throws IOException {
    if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
    return channel;
  }

  private SocketChannel connected() throws IOException {
    SocketChannel current = channel;
    if (current == null) {
      if (listener == null) {
        throw new IOException("endpoint neither listens nor dials");
      }
      current = withoutDelay(listener.accept());
      channel = current;
    }
    return current;
  }

  @Override
  public void send(int byteSize) {
    try {
      SocketChannel to = connected();
      out.clear().limit(PREFIX_BYTE_SIZE + byteSize).putInt(0, byteSize);
      while (out.hasRemaining()) {
        to.write(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int receive() {
    try {
      fill(PREFIX_BYTE_SIZE);
      int byteSize = in.getInt();
      fill(byteSize);
      in.position(in.position() + byteSize);
      return byteSize;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads until {@code byteSize} bytes are there. */
  private void fill(int byteSize) throws IOException {
    if (in.remaining() >= byteSize) {
      return;
    }
    SocketChannel from = connected();
    in.compact();
    while (in.position() < byteSize) {
      if (from.read(in) < 0) {
        throw new EOFException("peer ended within a message");
      }
    }
    in.flip();
  }

  @Override
  public void close() {
    CloseHelper.closeAll(listener, channel);
  }
}
