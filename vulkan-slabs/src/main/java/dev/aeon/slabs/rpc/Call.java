package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.frame.FrameKind;
import dev.aeon.slabs.frame.Routing;
import dev.aeon.slabs.view.ElementType;
import dev.aeon.slabs.view.VariantView;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * A question: filled in, then sent once by one of the methods that return its answer. For one
 * thread. Sending waits and throws as {@link Socket} says. A future completes on the socket's
 * thread, so that what follows must not block; it fails with a {@link RemoteFailureException} where
 * the other end could not answer, a {@link PeerLostException} or {@link SocketClosedException}
 * where no answer can come, and a {@link java.util.concurrent.TimeoutException} after {@link
 * SocketOptions#timeout}. Cancelling it has the answer dropped when it comes.
 */
public final class Call {
  private final ClientSocket socket;
  private final SocketOptions options;
  private FrameKind kind;
  private long routing;
  private long schema;
  private int replyByteSize;
  private Body body = Body.EMPTY;

  Call(ClientSocket socket, SocketOptions options, FrameKind kind) {
    this.socket = socket;
    this.kind = kind;
    this.options = options;
    this.replyByteSize = options.replyByteSize();
  }

  /** Has the request served where all of this key are, one after another. */
  public Call key(long key) {
    this.routing = Routing.ofKey(key);
    return this;
  }

  /** As {@link #key(long)}. */
  public Call key(String key) {
    this.routing = Routing.ofText(key);
    return this;
  }

  Call topic(Topic topic) {
    this.routing = topic.hash();
    this.schema = topic.schemaHash();
    return this;
  }

  /**
   * Asks every shard behind a broker; their answers come as one, for {@link
   * dev.aeon.slabs.frame.GatheredPart#decode}.
   */
  public Call everyShard() {
    this.kind = FrameKind.GATHER;
    return this;
  }

  /**
   * The largest body of an answer; a broker keeps that much of the response slab free for it.
   *
   * @throws IllegalArgumentException where it is negative
   */
  public Call replyByteSize(int byteSize) {
    if (byteSize < 0) {
      throw new IllegalArgumentException("size is negative: byteSize=" + byteSize);
    }
    this.replyByteSize = byteSize;
    return this;
  }

  /** Asks with a copy of {@code bytes}. */
  public Call bytes(byte[] bytes) {
    return bytes(MemorySegment.ofArray(bytes));
  }

  /** Asks with a copy of {@code bytes}, taken when the call is sent. */
  public Call bytes(MemorySegment bytes) {
    this.body = Body.of(bytes);
    return this;
  }

  /** Asks with {@code byteSize} bytes that {@code writer} writes in place. */
  public Call bytes(int byteSize, BodyWriter writer) {
    this.body = Body.of(byteSize, writer);
    return this;
  }

  /** Asks with a copy of a vector, taken when the call is sent. */
  public Call vector(VariantView vector) {
    this.body = Body.of(vector);
    return this;
  }

  /** Asks with a vector that {@code writer} writes in place. */
  public Call vector(ElementType type, long[] shape, VectorWriter writer) {
    this.body = Body.of(type, shape, writer);
    return this;
  }

  /** Sends; the future has a copy of the answer. */
  public CompletableFuture<byte[]> send() {
    return send(Payload::toByteArray);
  }

  /** Sends; the future has what {@code reader} makes of the answer in place. */
  public <T> CompletableFuture<T> send(PayloadReader<T> reader) {
    PendingReply<T> pending = new PendingReply<>(reader);
    socket.send(fields(0), body, pending);
    return pending.future().orTimeout(options.timeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Sends as a message: its answer, if there is one, is for {@link Socket#receive}. */
  public void sendOnly() {
    socket.send(fields(Frame.FLAG_MESSAGE), body, null);
  }

  /**
   * Sends when subscribed to, once; the items of the answer follow as they are asked for. One that
   * nobody has asked for stays in the response slab, and what is behind it waits. Not for servers
   * behind a broker.
   */
  public <T> Flow.Publisher<T> stream(PayloadReader<T> reader) {
    return subscriber -> {
      ItemStream<T> stream = new ItemStream<>(subscriber, reader);
      stream.begin(() -> socket.send(fields(Frame.FLAG_STREAM), body, stream));
    };
  }

  private FrameFields fields(int flags) {
    return new FrameFields(kind, flags, socket.newId(), routing, schema, replyByteSize);
  }
}
