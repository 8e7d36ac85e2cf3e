package dev.aeon.slabs.rpc;

import static java.util.Objects.requireNonNull;

import dev.aeon.slabs.transport.TransportException;
import dev.aeon.slabs.transport.Transports;
import dev.aeon.slabs.view.ElementType;
import dev.aeon.slabs.view.VariantView;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;

/**
 * An end that messages are sent from and received at, in the slabs that carry them: a {@link
 * ClientSocket} connects, a {@link ServerSocket} is bound and has any number of clients. The client
 * allocates the slab for what it is sent, and its size is all that a server can be ahead by.
 *
 * <p>Thread-safe: sends go one after another, and so do receives. The methods here wait as {@link
 * SocketOptions#timeout} says. All of them throw
 *
 * <ul>
 *   <li>{@link RpcTimeoutException} where that has passed,
 *   <li>{@link SocketClosedException} where the socket is closed, becomes so, or the waiting thread
 *       is interrupted,
 *   <li>{@link PeerLostException} where the other end has gone,
 *   <li>{@link IllegalArgumentException} where a message is larger than half the ring that would
 *       carry it.
 * </ul>
 */
public abstract sealed class Socket implements AutoCloseable permits ClientSocket, ServerSocket {
  final SocketOptions options;

  Socket(SocketOptions options) {
    this.options = options;
  }

  /** Binds with default options. */
  public static ServerSocket bind(String url) {
    return bind(url, SocketOptions.DEFAULT);
  }

  /**
   * Binds a URL, such as {@code inproc://name}.
   *
   * @throws TransportException where the URL is malformed or cannot be bound
   */
  public static ServerSocket bind(String url, SocketOptions options) {
    return new ServerSocket(Transports.bind(url, options.connection()), options);
  }

  /** Connects with default options. */
  public static ClientSocket connect(String url) {
    return connect(url, SocketOptions.DEFAULT);
  }

  /**
   * Connects to a URL.
   *
   * @throws TransportException where the URL is malformed or nobody accepts there
   */
  public static ClientSocket connect(String url, SocketOptions options) {
    return new ClientSocket(Transports.connect(url, options.connection()), options);
  }

  /** Sends a copy of {@code bytes}. */
  public final void sendBytes(byte[] bytes) {
    send(Body.of(MemorySegment.ofArray(bytes)));
  }

  /** Sends a copy of {@code bytes}. */
  public final void sendBytes(MemorySegment bytes) {
    send(Body.of(bytes));
  }

  /** Sends {@code byteSize} bytes that {@code writer} writes in place. */
  public final void sendBytes(int byteSize, BodyWriter writer) {
    send(Body.of(byteSize, writer));
  }

  /**
   * Sends a copy of a vector.
   *
   * @throws dev.aeon.slabs.view.ViewLayoutException where it has gaps
   */
  public final void sendVector(VariantView vector) {
    send(Body.of(vector));
  }

  /** Sends a vector that {@code writer} writes in place. */
  public final void sendVector(ElementType type, long[] shape, VectorWriter writer) {
    send(Body.of(type, shape, writer));
  }

  /** Takes the next message, copied. */
  public final byte[] receiveBytes() {
    return requireNonNull(receive(Payload::toByteArray));
  }

  /**
   * Takes the next message, a vector, in place: it is there until {@code reader} returns.
   *
   * @throws dev.aeon.slabs.frame.FrameException where the message is no vector; it is taken
   */
  public final <T> T receiveVector(Function<? super VariantView, T> reader) {
    return receive(payload -> reader.apply(payload.asVector()));
  }

  /** Takes the next message in place. Allocates nothing but what {@code reader} does. */
  public abstract <T> T receive(PayloadReader<T> reader);

  abstract void send(Body body);

  /** Closes; who waits here is told by {@link SocketClosedException}. Idempotent. */
  @Override
  public abstract void close();
}
