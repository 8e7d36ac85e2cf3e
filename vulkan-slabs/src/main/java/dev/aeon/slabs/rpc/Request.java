package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.frame.FrameKind;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.view.ElementType;
import dev.aeon.slabs.view.VariantView;
import java.lang.foreign.MemorySegment;

/**
 * A request and the way back. What is replied goes straight into the slab that the client
 * allocated; where that is full, the methods say so by false, and the handler returns false to try
 * again when the client has read. Valid within {@link RequestHandler#onRequest} alone.
 */
public final class Request extends Payload {
  private final FrameSender sender;
  private boolean answered;

  Request(Connection connection) {
    super(connection.inbox());
    this.sender = new FrameSender(connection.outbox());
  }

  void begin(long byteOffset, int frameByteSize) {
    moveTo(byteOffset, frameByteSize);
    answered = false;
  }

  boolean isAnswered() {
    return answered;
  }

  void publish() {
    sender.publish();
  }

  /** The largest body that the client takes for an answer. */
  public int replyByteSize() {
    return Frame.replyByteSize(segment(), frameOffset());
  }

  /** Whether the client asked for items rather than for one reply. */
  public boolean isStream() {
    return (flags() & Frame.FLAG_STREAM) != 0;
  }

  /** Answers with a copy of {@code bytes}. */
  public boolean tryReply(byte[] bytes) {
    return tryReply(MemorySegment.ofArray(bytes));
  }

  /** Answers with a copy of {@code bytes}. */
  public boolean tryReply(MemorySegment bytes) {
    return tryAnswer(FrameKind.REPLY, Body.of(bytes));
  }

  /** Answers with {@code byteSize} bytes that {@code writer} writes in place. */
  public boolean tryReply(int byteSize, BodyWriter writer) {
    return tryAnswer(FrameKind.REPLY, Body.of(byteSize, writer));
  }

  /** Answers with a copy of a vector. */
  public boolean tryReply(VariantView vector) {
    return tryAnswer(FrameKind.REPLY, Body.of(vector));
  }

  /** Answers with a vector that {@code writer} writes in place. */
  public boolean tryReply(ElementType type, long[] shape, VectorWriter writer) {
    return tryAnswer(FrameKind.REPLY, Body.of(type, shape, writer));
  }

  /** Adds an item to the answer; {@link #tryEnd} ends it. */
  public boolean tryItem(MemorySegment bytes) {
    return stage(FrameKind.ITEM, Body.of(bytes));
  }

  /** Ends an answer of items. */
  public boolean tryEnd() {
    return tryAnswer(FrameKind.END, Body.EMPTY);
  }

  /** Says that there is no answer, and why. */
  boolean tryFail(Body reason) {
    return tryAnswer(FrameKind.FAILURE, reason);
  }

  private boolean tryAnswer(FrameKind kind, Body body) {
    if (answered) {
      throw new IllegalStateException("request is answered: requestId=" + requestId());
    }
    answered = stage(kind, body);
    return answered;
  }

  private boolean stage(FrameKind kind, Body body) {
    return sender.tryStage(answer(kind), body);
  }

  /** What a frame that answers this request says of itself. */
  FrameFields answer(FrameKind kind) {
    return new FrameFields(kind, flags() & Frame.FLAG_MESSAGE, requestId(), routing(), 0, 0);
  }
}
