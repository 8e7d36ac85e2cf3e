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
 * Sends packets as binary frames, and control frames between them. A large message is split: nng
 * refuses frames above 1 MiB unless told otherwise. The header of each further frame is written
 * over bytes of the frame before, which are out by then. Of several control frames that wait only
 * the last is sent, so that they cannot pile up. Confined to its strand.
 */
final class FrameWriter implements AutoCloseable {
  static final long MAX_PAYLOAD_BYTE_SIZE = 1 << 20;

  private final ByteStream connection;
  private final @Nullable MaskKeys keys;

  /** A message of which frames are still to be made. */
  private @Nullable Packet message;

  private long messageByteOffset;
  private @Nullable Packet control;
  private int controlOpcode;

  /** The memory of the frame that is being sent. */
  private @Nullable MemorySegment memory;

  /** What is to be released after it. */
  private @Nullable Packet done;

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

  /** Takes a packet, which is copied if others use it too, for it is written to. */
  void begin(Packet packet) {
    boolean asIs = !packet.isShared() && packet.start() >= WebSocketHeader.MAX_BYTE_SIZE;
    message = asIs ? packet : copyOf(packet);
    messageByteOffset = 0;
  }

  private static Packet copyOf(Packet shared) {
    Packet copy = shared.copyAsReceived();
    shared.release();
    return copy;
  }

  void control(int opcode, byte[] payload) {
    control = release(control);
    control = Packet.copyOf(MemorySegment.ofArray(payload));
    controlOpcode = opcode;
  }

  boolean isBusy() {
    return memory != null || message != null || control != null || unflushed;
  }

  /** Sends what the connection takes; negative errno if it broke, else 0. */
  long flush() throws StreamException {
    while (memory != null || beginFrame()) {
      long sent = connection.send(requireMemory(), byteOffset, byteCount);
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

  private boolean beginFrame() {
    if (control != null) {
      done = control;
      control = null;
      frame(done, 0, done.byteSize(), controlOpcode, true);
      return true;
    }
    if (message != null) {
      beginMessageFrame(message);
      return true;
    }
    return false;
  }

  private void beginMessageFrame(Packet packet) {
    long from = messageByteOffset;
    long size = Math.min(MAX_PAYLOAD_BYTE_SIZE, packet.byteSize() - from);
    messageByteOffset += size;
    boolean isFinal = messageByteOffset == packet.byteSize();
    if (isFinal) {
      done = packet;
      message = null;
    }
    int opcode = from == 0 ? WebSocketHeader.BINARY : WebSocketHeader.CONTINUATION;
    frame(packet, from, size, opcode, isFinal);
  }

  private void frame(Packet packet, long from, long size, int opcode, boolean isFinal) {
    MemorySegment bytes = packet.memory();
    long payload = packet.start() + from;
    if (keys == null) {
      WebSocketHeader.encode(bytes, payload, opcode, size, isFinal);
    } else {
      int key = keys.next();
      WebSocketHeader.encodeMasked(bytes, payload, opcode, size, isFinal, key);
      Masking.apply(bytes, payload, size, key, 0);
    }
    int headerByteSize = WebSocketHeader.byteSizeFor(size, keys != null);
    memory = bytes;
    byteOffset = payload - headerByteSize;
    byteCount = size + headerByteSize;
    unflushed = true;
  }

  private MemorySegment requireMemory() {
    if (memory == null) {
      throw new IllegalStateException("nothing is under way");
    }
    return memory;
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
      memory = null;
      done = release(done);
    }
  }

  @Override
  public void close() {
    memory = null;
    done = release(done);
    message = release(message);
    control = release(control);
  }

  private static @Nullable Packet release(@Nullable Packet packet) {
    if (packet != null) {
      packet.release();
    }
    return null;
  }
}
