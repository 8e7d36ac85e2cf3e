package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.frame.FrameException;
import dev.aeon.slabs.transport.Inbox;
import dev.aeon.slabs.view.VariantView;
import dev.aeon.slabs.view.ViewHeaderException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What a message says, where it lies. Valid only within the call that it was handed to, and on its
 * thread; one object serves many messages.
 */
public sealed class Payload permits Request {
  private final MemorySegment segment;
  private long frameOffset;
  private int byteSize;

  Payload(Inbox inbox) {
    this.segment = inbox.segment();
  }

  /** Moves on to the frame of {@code frameByteSize} bytes there, which was checked. */
  final void moveTo(long byteOffset, int frameByteSize) {
    this.frameOffset = byteOffset;
    this.byteSize = frameByteSize - Frame.HEADER_BYTES;
  }

  final long frameOffset() {
    return frameOffset;
  }

  /** The memory that {@link #byteOffset} counts in. */
  public final MemorySegment segment() {
    return segment;
  }

  /** Offset of the body's first byte, a multiple of 8. */
  public final long byteOffset() {
    return frameOffset + Frame.HEADER_BYTES;
  }

  /** Bytes of the body, from 0. */
  public final int byteSize() {
    return byteSize;
  }

  /** The salted hash that names the request. */
  public final long requestId() {
    return Frame.requestId(segment, frameOffset);
  }

  /** The hash of the request's key, 0 for none. */
  public final long routing() {
    return Frame.routing(segment, frameOffset);
  }

  /** Whether the body is a vector. */
  public final boolean isVector() {
    return (flags() & Frame.FLAG_VECTOR) != 0;
  }

  /**
   * The vector in place.
   *
   * @throws FrameException where the body is no vector, or one that describes itself wrongly
   */
  public final VariantView asVector() {
    if (!isVector()) {
      throw new FrameException("body is no vector: byteSize=" + byteSize);
    }
    try {
      return VariantView.read(segment, byteOffset(), byteSize);
    } catch (ViewHeaderException malformed) {
      throw new FrameException(String.valueOf(malformed.getMessage()));
    }
  }

  /** The body in place; a view that must not be kept. */
  public final MemorySegment asSegment() {
    return segment.asSlice(byteOffset(), byteSize);
  }

  /** A copy of the body. */
  public final byte[] toByteArray() {
    byte[] bytes = new byte[byteSize];
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, byteOffset(), bytes, 0, byteSize);
    return bytes;
  }

  final int flags() {
    return Frame.flags(segment, frameOffset);
  }
}
