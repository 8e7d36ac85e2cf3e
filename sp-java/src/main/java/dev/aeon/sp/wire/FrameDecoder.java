package dev.aeon.sp.wire;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Cuts SP's own frames into packets. Confined to its pipe. */
public final class FrameDecoder implements PacketDecoder {
  private final Framing framing;
  private final long limit;
  private final @Nullable LentBodies lentBodies;

  /** The body under way. */
  private @Nullable BodyAssembly body;

  /** What the last body was put together in, for the next. */
  private @Nullable BodyAssembly spare;

  /**
   * @param limit largest body to accept; 0 for no limit
   */
  public FrameDecoder(Framing framing, long limit) {
    this(framing, limit, null);
  }

  /**
   * @param limit largest body to accept; 0 for no limit
   * @param lentBodies where bodies lie that only their places come for; null where there are none
   */
  public FrameDecoder(Framing framing, long limit, @Nullable LentBodies lentBodies) {
    this.framing = framing;
    this.limit = limit;
    this.lentBodies = lentBodies;
  }

  @Override
  public @Nullable Packet decode(ReceiveBuffer in) throws MalformedException {
    if (body == null) {
      return begin(in);
    }
    body.take(in);
    return takeIfComplete();
  }

  private @Nullable Packet begin(ReceiveBuffer in) throws MalformedException {
    if (in.remaining() < framing.prefixByteSize()) {
      return null;
    }
    if (lentBodies != null && framing.isReference(in.memory(), in.position())) {
      return claim(lentBodies, in);
    }
    long byteSize = framing.decode(in.memory(), in.position(), limit);
    in.consumed(framing.prefixByteSize());
    if (byteSize <= in.remaining()) {
      return whole(in, byteSize);
    }
    body = assemblyOf(byteSize);
    body.take(in);
    return null;
  }

  private BodyAssembly assemblyOf(long byteSize) {
    BodyAssembly rested = spare;
    if (rested == null) {
      return new BodyAssembly(byteSize);
    }
    spare = null;
    rested.restart(byteSize);
    return rested;
  }

  private @Nullable Packet claim(LentBodies bodies, ReceiveBuffer in) throws MalformedException {
    long placeByteOffset = in.position() + framing.prefixByteSize();
    if (in.remaining() < framing.prefixByteSize() + Long.BYTES) {
      return null;
    }
    long byteSize = framing.decodeSize(in.memory(), in.position(), limit);
    long reference = in.memory().get(ByteOrders.LONG_BE, placeByteOffset);
    in.consumed(framing.prefixByteSize() + Long.BYTES);
    return bodies.claim(reference, byteSize);
  }

  /** All of it has arrived. */
  private static Packet whole(ReceiveBuffer in, long byteSize) {
    Packet packet = Packet.allocate(byteSize);
    MemorySegment.copy(in.memory(), in.position(), packet.memory(), packet.start(), byteSize);
    in.consumed(byteSize);
    return packet;
  }

  @Override
  public boolean isMidMessage(ReceiveBuffer in) {
    return body != null || in.remaining() > 0;
  }

  @Override
  public long directRoom() {
    return body == null ? 0 : body.targetRoom();
  }

  @Override
  public MemorySegment directTarget() {
    return requireBody().target();
  }

  @Override
  public long directByteOffset() {
    return requireBody().targetByteOffset();
  }

  @Override
  public void directArrived(long byteCount) {
    requireBody().advance(byteCount);
  }

  private @Nullable Packet takeIfComplete() {
    BodyAssembly begun = requireBody();
    if (!begun.isComplete()) {
      return null;
    }
    body = null;
    spare = begun;
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
