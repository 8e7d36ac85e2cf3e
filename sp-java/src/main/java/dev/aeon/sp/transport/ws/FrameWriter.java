package dev.aeon.sp.transport.ws;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.sp.transport.stream.ByteStream;
import dev.aeon.sp.transport.stream.Retry;
import dev.aeon.sp.transport.stream.StreamException;
import dev.aeon.sp.wire.Masking;
import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.WebSocketHeader;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Sends packets as binary frames, and control frames between them. Of several pongs that wait only
 * the last is sent, so that they cannot pile up. Confined to its strand.
 */
final class FrameWriter implements AutoCloseable {
  private final ByteStream connection;
  private final @Nullable MaskKeys keys;
  private @Nullable Packet underway;
  private @Nullable Packet waiting;
  private @Nullable Packet control;
  private long byteOffset;
  private long byteCount;
  private boolean unflushed;

  /**
   * @param keys where masks come from; null for a server, which does not mask
   */
  FrameWriter(ByteStream connection, @Nullable MaskKeys keys) {
    this.connection = connection;
    this.keys = keys;
  }

  /** Takes a packet, which is copied if others use it too, for it is masked in place. */
  void begin(Packet packet) {
    boolean asIs = !packet.isShared() && packet.start() >= WebSocketHeader.MAX_BYTE_SIZE;
    waiting = asIs ? packet : copyOf(packet);
    frame(waiting, WebSocketHeader.BINARY);
  }

  private static Packet copyOf(Packet shared) {
    Packet copy = shared.copyAsReceived();
    shared.release();
    return copy;
  }

  void control(int opcode, byte[] payload) {
    if (control != null) {
      control.release();
    }
    control = Packet.copyOf(MemorySegment.ofArray(payload));
    frame(control, opcode);
  }

  private void frame(Packet packet, int opcode) {
    MemorySegment memory = packet.memory();
    if (keys == null) {
      WebSocketHeader.encode(memory, packet.start(), opcode, packet.byteSize());
      return;
    }
    int key = keys.next();
    WebSocketHeader.encodeMasked(memory, packet.start(), opcode, packet.byteSize(), key);
    Masking.apply(memory, packet.start(), packet.byteSize(), key, 0);
  }

  boolean isBusy() {
    return underway != null || waiting != null || control != null || unflushed;
  }

  /** Sends what the connection takes; negative errno if it broke, else 0. */
  long flush() throws StreamException {
    while (underway != null || takeNext()) {
      long sent = connection.send(requireUnderway().memory(), byteOffset, byteCount);
      if (sent < 0) {
        return blocked(sent);
      }
      advance(sent);
    }
    long flushed = connection.flush();
    if (flushed < 0) {
      return blocked(flushed);
    }
    unflushed = false;
    connection.watch(Poller.WRITABLE, false);
    return 0;
  }

  private boolean takeNext() {
    Packet next = control != null ? control : waiting;
    if (next == null) {
      return false;
    }
    if (next == control) {
      control = null;
    } else {
      waiting = null;
    }
    int headerByteSize = WebSocketHeader.byteSizeFor(next.byteSize(), keys != null);
    underway = next;
    byteOffset = next.start() - headerByteSize;
    byteCount = next.byteSize() + headerByteSize;
    unflushed = true;
    return true;
  }

  private Packet requireUnderway() {
    if (underway == null) {
      throw new IllegalStateException("nothing is under way");
    }
    return underway;
  }

  private long blocked(long result) {
    if (!Retry.isRetry(result)) {
      return result;
    }
    connection.watch(Poller.WRITABLE, true);
    return 0;
  }

  private void advance(long sent) {
    byteOffset += sent;
    byteCount -= sent;
    if (byteCount == 0) {
      requireUnderway().release();
      underway = null;
    }
  }

  @Override
  public void close() {
    underway = release(underway);
    waiting = release(waiting);
    control = release(control);
  }

  private static @Nullable Packet release(@Nullable Packet packet) {
    if (packet != null) {
      packet.release();
    }
    return null;
  }
}
