package dev.aeon.sp.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** Cuts WebSocket frames (RFC 6455) into packets: one binary message each. Confined to its pipe. */
public final class WebSocketDecoder implements PacketDecoder {
  /** Who is told of frames that are no message. Payloads are at most 125 bytes. */
  public interface Control {
    void ping(byte[] payload);

    /** The peer ends the connection; nothing it sends counts any more. */
    void closed(byte[] payload);
  }

  private final boolean expectsMask;
  private final long limit;
  private final Control control;
  private @Nullable WebSocketHeader frame;
  private @Nullable FragmentAssembly message;
  private long framePosition;
  private boolean closed;

  /**
   * @param expectsMask whether the peer is a client
   * @param limit largest message to accept; 0 for no limit
   */
  public WebSocketDecoder(boolean expectsMask, long limit, Control control) {
    this.expectsMask = expectsMask;
    this.limit = limit == 0 ? Packet.MAX_BODY_BYTE_SIZE : limit;
    this.control = control;
  }

  @Override
  public @Nullable Packet decode(ReceiveBuffer in) throws MalformedException {
    while (!closed) {
      if (message != null && message.isComplete()) {
        return finish(message);
      }
      if (!advance(in)) {
        return null;
      }
    }
    in.consumed(in.remaining());
    return null;
  }

  private Packet finish(FragmentAssembly complete) {
    message = null;
    frame = null;
    return complete.finish();
  }

  /** Takes a header, a control frame, or bytes of a body; false when more must arrive first. */
  private boolean advance(ReceiveBuffer in) throws MalformedException {
    if (frame == null) {
      return takeHeader(in);
    }
    return frame.isControl() ? takeControl(in, frame) : takeBody(in, frame);
  }

  private boolean takeHeader(ReceiveBuffer in) throws MalformedException {
    if (!WebSocketHeader.isComplete(in.memory(), in.position(), in.remaining())) {
      return false;
    }
    WebSocketHeader header = WebSocketHeader.decode(in.memory(), in.position());
    check(header);
    in.consumed(header.byteSize());
    framePosition = 0;
    frame = header;
    if (!header.isControl()) {
      begin(header);
    }
    return true;
  }

  private void check(WebSocketHeader header) throws MalformedException {
    if (header.isMasked() != expectsMask) {
      throw WebSocketHeader.malformed("websocket frame breaks the masking rule");
    }
    boolean continues = header.opcode() == WebSocketHeader.CONTINUATION;
    if (!header.isControl() && continues != (message != null)) {
      throw WebSocketHeader.malformed(
          "websocket fragment is out of order: opcode=" + header.opcode());
    }
  }

  private void begin(WebSocketHeader header) throws MalformedException {
    FragmentAssembly begun = message == null ? new FragmentAssembly() : message;
    long byteSize = header.payloadByteSize();
    if (byteSize < 0 || byteSize > limit - begun.announcedByteSize()) {
      throw new MalformedException(
          Malformed.TOO_LARGE,
          "message exceeds the receive limit: fragment=%s before=%d limit=%d"
              .formatted(Long.toUnsignedString(byteSize), begun.announcedByteSize(), limit));
    }
    begun.begin(byteSize, header.isFinal());
    message = begun;
  }

  private boolean takeControl(ReceiveBuffer in, WebSocketHeader header) {
    int byteSize = (int) header.payloadByteSize();
    if (in.remaining() < byteSize) {
      return false;
    }
    Masking.apply(in.memory(), in.position(), byteSize, header.key(), 0);
    byte[] payload = in.memory().asSlice(in.position(), byteSize).toArray(ValueLayout.JAVA_BYTE);
    in.consumed(byteSize);
    frame = null;
    tell(header.opcode(), payload);
    return true;
  }

  private void tell(int opcode, byte[] payload) {
    if (opcode == WebSocketHeader.PING) {
      control.ping(payload);
    } else if (opcode == WebSocketHeader.CLOSE) {
      closed = true;
      control.closed(payload);
    }
  }

  private boolean takeBody(ReceiveBuffer in, WebSocketHeader header) {
    FragmentAssembly begun = requireMessage();
    while (!begun.isFragmentComplete() && in.remaining() > 0) {
      long count = Math.min(in.remaining(), begun.targetRoom());
      MemorySegment.copy(
          in.memory(), in.position(), begun.target(), begun.targetByteOffset(), count);
      in.consumed(count);
      arrived(begun, header, count);
    }
    if (!begun.isFragmentComplete()) {
      return false;
    }
    frame = null;
    return true;
  }

  private void arrived(FragmentAssembly begun, WebSocketHeader header, long byteCount) {
    if (header.isMasked()) {
      Masking.apply(
          begun.target(), begun.targetByteOffset(), byteCount, header.key(), framePosition);
    }
    framePosition += byteCount;
    begun.advance(byteCount);
  }

  /** Whether the peer has ended the connection. */
  public boolean isClosed() {
    return closed;
  }

  @Override
  public boolean isMidMessage(ReceiveBuffer in) {
    return !closed && (message != null || frame != null || in.remaining() > 0);
  }

  @Override
  public long directRoom() {
    boolean inBody = frame != null && !frame.isControl() && message != null;
    return inBody ? requireMessage().targetRoom() : 0;
  }

  @Override
  public MemorySegment directTarget() {
    return requireMessage().target();
  }

  @Override
  public long directByteOffset() {
    return requireMessage().targetByteOffset();
  }

  @Override
  public void directArrived(long byteCount) {
    if (frame == null) {
      throw new IllegalStateException("no frame has begun");
    }
    arrived(requireMessage(), frame, byteCount);
  }

  private FragmentAssembly requireMessage() {
    if (message == null) {
      throw new IllegalStateException("no message has begun");
    }
    return message;
  }

  @Override
  public void close() {
    if (message != null) {
      message.discard();
      message = null;
    }
  }
}
