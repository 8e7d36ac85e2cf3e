package dev.aeon.sp.transport.datagram;

import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.wire.BodyAssembly;
import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The message stream of one direction as it arrives: parts in order go straight into messages,
 * others wait for what is missing. Credit bounds both, and the messages nobody has taken yet.
 * Confined to its session.
 */
final class ReceiveQueue {
  static final long WINDOW_BYTE_SIZE = 4L << 20;
  static final long WINDOW_MESSAGES = 4_096;

  /** What is larger is not made room for before its bytes arrive. */
  private static final long TRUSTED_BYTE_SIZE = 1 << 20;

  /** So that many tiny parts out of order cost no more than a few large ones. */
  private static final int MAX_PARTS = 8_192;

  private final long maxMessageByteSize;
  private final TreeMap<Long, Packet> parts = new TreeMap<>();
  private final ArrayDeque<Packet> ready = new ArrayDeque<>();
  private long position;
  private long positionLimit = WINDOW_BYTE_SIZE;
  private long grantedPositionLimit = WINDOW_BYTE_SIZE;
  private long grantedMessageLimit = WINDOW_MESSAGES;
  private long begunCount;
  private long takenCount;
  private long readyByteCount;
  private @Nullable Packet filling;
  private long filledByteCount;
  private @Nullable BodyAssembly assembly;

  /**
   * @param maxMessageByteSize largest message to accept; 0 for no limit
   */
  ReceiveQueue(long maxMessageByteSize) {
    this.maxMessageByteSize = maxMessageByteSize == 0 ? Integer.MAX_VALUE : maxMessageByteSize;
  }

  /** How far the peer may send; from now on what it was told. */
  long grantPositionLimit() {
    grantedPositionLimit = currentPositionLimit();
    return grantedPositionLimit;
  }

  private long currentPositionLimit() {
    positionLimit = Math.max(positionLimit, position + WINDOW_BYTE_SIZE - readyByteCount);
    return positionLimit;
  }

  /** How many messages the peer may have begun in all. */
  long grantMessageLimit() {
    grantedMessageLimit = takenCount + WINDOW_MESSAGES;
    return grantedMessageLimit;
  }

  /** Whether the peer should hear of new credit before it runs out. */
  boolean hasMuchUngranted() {
    return currentPositionLimit() - grantedPositionLimit >= WINDOW_BYTE_SIZE / 4
        || takenCount + WINDOW_MESSAGES - grantedMessageLimit >= WINDOW_MESSAGES / 4;
  }

  /**
   * Takes a part of the stream.
   *
   * @return whether it was taken or was known; else it is as if it had never come
   * @throws ProtocolViolation if the part breaks a rule
   */
  boolean accept(long begin, MemorySegment memory, long byteOffset, int byteSize)
      throws ProtocolViolation {
    long end = begin + byteSize;
    if (begin < 0 || end < begin || end > positionLimit) {
      throw ProtocolViolation.malformed(
          "part exceeds its credit: begin=%d byteSize=%d limit=%d"
              .formatted(begin, byteSize, positionLimit));
    }
    if (begin > position) {
      return keep(begin, memory, byteOffset, byteSize);
    }
    if (end > position) {
      int known = (int) (position - begin);
      feed(memory, byteOffset + known, byteSize - known);
      feedKept();
    }
    return true;
  }

  private boolean keep(long begin, MemorySegment memory, long byteOffset, int byteSize) {
    Packet known = parts.get(begin);
    if (known != null && known.byteSize() >= byteSize) {
      return true;
    }
    if (parts.size() >= MAX_PARTS) {
      return false;
    }
    Packet copy = Packet.allocate(byteSize);
    MemorySegment.copy(memory, byteOffset, copy.memory(), copy.start(), byteSize);
    Packet replaced = parts.put(begin, copy);
    if (replaced != null) {
      replaced.release();
    }
    return true;
  }

  private void feedKept() throws ProtocolViolation {
    for (Map.Entry<Long, Packet> first = parts.firstEntry();
        first != null && first.getKey() <= position;
        first = parts.firstEntry()) {
      Packet part = first.getValue();
      var _ = parts.pollFirstEntry();
      long known = position - first.getKey();
      if (known < part.byteSize()) {
        feed(part.memory(), part.start() + known, (int) (part.byteSize() - known));
      }
      part.release();
    }
  }

  private void feed(MemorySegment memory, long byteOffset, int byteSize) throws ProtocolViolation {
    long at = byteOffset;
    long end = byteOffset + byteSize;
    position += byteSize;
    while (at < end) {
      if (filling != null) {
        at += fill(filling, memory, at, end - at);
      } else if (assembly != null) {
        at += append(assembly, memory, at, end - at);
      } else {
        at += begin(memory, at, end - at);
      }
      finishIfComplete();
    }
  }

  private long begin(MemorySegment memory, long byteOffset, long left) throws ProtocolViolation {
    if (left < SendQueue.PREFIX_BYTE_SIZE) {
      throw ProtocolViolation.malformed("message length is cut: left=" + left);
    }
    long byteSize = memory.get(PacketLayout.LONG, byteOffset);
    if (byteSize < 0 || byteSize > maxMessageByteSize) {
      throw new ProtocolViolation(
          CloseReason.TOO_LARGE,
          "message exceeds the receive limit: byteSize=%s limit=%d"
              .formatted(Long.toUnsignedString(byteSize), maxMessageByteSize));
    }
    if (++begunCount > grantedMessageLimit) {
      throw ProtocolViolation.malformed(
          "messages exceed their credit: limit=" + grantedMessageLimit);
    }
    if (byteSize <= TRUSTED_BYTE_SIZE) {
      filling = Packet.allocate(byteSize);
      filledByteCount = 0;
    } else {
      assembly = new BodyAssembly(byteSize);
    }
    return SendQueue.PREFIX_BYTE_SIZE;
  }

  private long fill(Packet packet, MemorySegment memory, long byteOffset, long left) {
    long count = Math.min(left, packet.byteSize() - filledByteCount);
    MemorySegment.copy(
        memory, byteOffset, packet.memory(), packet.start() + filledByteCount, count);
    filledByteCount += count;
    return count;
  }

  private static long append(
      BodyAssembly assembly, MemorySegment memory, long byteOffset, long left) {
    long count = Math.min(left, assembly.targetRoom());
    MemorySegment.copy(memory, byteOffset, assembly.target(), assembly.targetByteOffset(), count);
    assembly.advance(count);
    return count;
  }

  private void finishIfComplete() {
    if (filling != null && filledByteCount == filling.byteSize()) {
      finished(filling);
      filling = null;
    } else if (assembly != null && assembly.isComplete()) {
      finished(assembly.finish());
      assembly = null;
    }
  }

  private void finished(Packet packet) {
    readyByteCount += packet.byteSize() + SendQueue.PREFIX_BYTE_SIZE;
    ready.add(packet);
  }

  /** Adds a message that came by itself, unless too many wait already; takes ownership if so. */
  boolean offerLoose(Packet packet) {
    if (ready.size() >= WINDOW_MESSAGES || readyByteCount > WINDOW_BYTE_SIZE) {
      return false;
    }
    finished(packet);
    return true;
  }

  long maxMessageByteSize() {
    return maxMessageByteSize;
  }

  boolean hasReady() {
    return !ready.isEmpty();
  }

  /** The next whole message, which passes to the caller; null if there is none. */
  @Nullable Packet take() {
    Packet packet = ready.poll();
    if (packet != null) {
      takenCount++;
      readyByteCount -= packet.byteSize() + SendQueue.PREFIX_BYTE_SIZE;
    }
    return packet;
  }

  void close() {
    ready.forEach(Packet::release);
    ready.clear();
    parts.values().forEach(Packet::release);
    parts.clear();
    if (filling != null) {
      filling.release();
      filling = null;
    }
    if (assembly != null) {
      assembly.discard();
      assembly = null;
    }
  }
}
