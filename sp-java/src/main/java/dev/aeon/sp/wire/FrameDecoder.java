package dev.aeon.sp.wire;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of bytes into packets. Confined to its pipe. */
public final class FrameDecoder implements AutoCloseable {
  private final Framing framing;
  private final long limit;
  private @Nullable BodyAssembly body;

  /**
   * @param limit largest body to accept; 0 for no limit
   */
  public FrameDecoder(Framing framing, long limit) {
    this.framing = framing;
    this.limit = limit;
  }

  /**
   * The next packet of {@code in}, owned by the caller, or null when more bytes must arrive first.
   *
   * @throws MalformedException if the bytes break the framing; the stream cannot go on then
   */
  public @Nullable Packet decode(ReceiveBuffer in) throws MalformedException {
    if (body == null && !begin(in)) {
      return null;
    }
    requireBody().take(in);
    return takeIfComplete();
  }

  private boolean begin(ReceiveBuffer in) throws MalformedException {
    if (in.remaining() < framing.prefixByteSize()) {
      return false;
    }
    long byteSize = framing.decode(in.memory(), in.position(), limit);
    in.consumed(framing.prefixByteSize());
    body = new BodyAssembly(byteSize);
    return true;
  }

  /** Whether part of a message has arrived, counting what waits in {@code in}. */
  public boolean isMidMessage(ReceiveBuffer in) {
    return body != null || in.remaining() > 0;
  }

  /** How many bytes of a begun body can be written straight to {@link #directTarget()}. */
  public long directRoom() {
    return body == null ? 0 : body.targetRoom();
  }

  public MemorySegment directTarget() {
    return requireBody().target();
  }

  public long directByteOffset() {
    return requireBody().targetByteOffset();
  }

  /** Notes bytes written to the direct target; {@link #decode} then gives what is complete. */
  public void directArrived(long byteCount) {
    requireBody().advance(byteCount);
  }

  private @Nullable Packet takeIfComplete() {
    BodyAssembly begun = requireBody();
    if (!begun.isComplete()) {
      return null;
    }
    body = null;
    return begun.finish();
  }

  private BodyAssembly requireBody() {
    if (body == null) {
      throw new IllegalStateException("no body has begun");
    }
    return body;
  }

  @Override
  public void close() {
    if (body != null) {
      body.discard();
      body = null;
    }
  }
}
