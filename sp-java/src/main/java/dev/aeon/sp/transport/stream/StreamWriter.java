package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.sp.wire.Framing;
import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends packets: small ones that were held back in one piece, then at most one from where it is.
 * Confined to its strand.
 */
final class StreamWriter implements AutoCloseable {
  private static final int HOLD_BYTE_SIZE = 64 << 10;
  private static final int HOLD_MIN_BYTE_SIZE = 256;
  private static final int HELD_MAX_BYTE_SIZE = 4 << 10;

  /** To find a place costs as much as to copy a few thousand bytes once more. */
  private static final int PLACED_MIN_BYTE_SIZE = 16 << 10;

  private final ByteStream connection;
  private final Framing framing;
  private @Nullable Packet held;
  private long heldStart;
  private long heldEnd;
  private long lastHeldEnd;
  private @Nullable Packet packet;
  private long byteOffset;
  private long byteCount;
  private boolean unflushed;

  StreamWriter(ByteStream connection, Framing framing) {
    this.connection = connection;
    this.framing = framing;
  }

  void begin(Packet next) {
    long place = placeFor(next);
    if (place == ByteStream.NO_PLACE) {
      framing.encode(next.memory(), next.start(), next.byteSize());
      beginEncoded(next);
    } else {
      beginEncoded(referenceTo(place, next.byteSize()));
      next.release();
    }
  }

  private long placeFor(Packet next) {
    return next.byteSize() < PLACED_MIN_BYTE_SIZE
        ? ByteStream.NO_PLACE
        : connection.place(next.memory(), next.start(), next.byteSize());
  }

  private Packet referenceTo(long place, long bodyByteSize) {
    Packet reference = Packet.allocate(Long.BYTES);
    framing.encodeReference(reference.memory(), reference.start(), place, bodyByteSize);
    return reference;
  }

  private void beginEncoded(Packet next) {
    packet = next;
    unflushed = true;
    byteOffset = next.start() - framing.prefixByteSize();
    byteCount = next.byteSize() + framing.prefixByteSize();
  }

  /** Takes a copy of a small packet, to go out with the next flush; false if it does not fit. */
  boolean hold(Packet next) {
    long size = next.byteSize() + framing.prefixByteSize();
    if (packet != null || size > HELD_MAX_BYTE_SIZE) {
      return false;
    }
    if (heldEnd + size > HOLD_BYTE_SIZE) {
      return false;
    }
    copy(next, heldWithRoom(heldEnd + size), heldEnd + framing.prefixByteSize());
    heldEnd += size;
    unflushed = true;
    next.release();
    return true;
  }

  private void copy(Packet from, Packet to, long toByteOffset) {
    MemorySegment memory = to.memory();
    framing.encode(memory, toByteOffset, from.byteSize());
    MemorySegment.copy(from.memory(), from.start(), memory, toByteOffset, from.byteSize());
  }

  /** Of many pipes each holds little: it begins with as much as was needed last, and grows. */
  private Packet heldWithRoom(long byteSize) {
    Packet current = held;
    if (current != null && byteSize <= current.memory().byteSize()) {
      return current;
    }
    long wanted = Math.max(HOLD_MIN_BYTE_SIZE, current == null ? lastHeldEnd : 2 * byteSize);
    Packet larger = Packet.allocate(Math.clamp(wanted, byteSize, HOLD_BYTE_SIZE));
    if (current != null) {
      MemorySegment.copy(current.memory(), heldStart, larger.memory(), heldStart, heldByteCount());
      current.release();
    }
    held = larger;
    return larger;
  }

  /** Bytes held back. */
  long heldByteCount() {
    return heldEnd - heldStart;
  }

  boolean isBusy() {
    return packet != null || unflushed;
  }

  /** Sends what the kernel takes; negative errno if the connection broke, else 0. */
  long flush() throws StreamException {
    while (heldStart < heldEnd) {
      Packet sending = Objects.requireNonNull(held);
      long sent = connection.send(sending.memory(), heldStart, heldByteCount());
      if (sent < 0) {
        return blocked(sent);
      }
      heldStart += sent;
    }
    releaseHeld();
    return flushPacket();
  }

  private long flushPacket() throws StreamException {
    while (packet != null) {
      long sent = connection.send(packet.memory(), byteOffset, byteCount);
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
      releasePacket();
    }
  }

  private void releasePacket() {
    if (packet != null) {
      packet.release();
      packet = null;
    }
  }

  private void releaseHeld() {
    if (held != null) {
      lastHeldEnd = heldEnd;
      held.release();
      held = null;
    }
    heldStart = 0;
    heldEnd = 0;
  }

  @Override
  public void close() {
    releasePacket();
    releaseHeld();
  }
}
