package dev.aeon.bindings.posix;

import dev.aeon.bindings.raw.Aeon;
import dev.aeon.bindings.raw.aeon_datagram;
import dev.aeon.bindings.raw.aeon_ip_address;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The elements of one batch of datagrams: where each one's bytes are, how many, and whose. An
 * element is a datagram or a run of them with one peer. Confined to whoever uses it; nothing but
 * the constructor allocates.
 */
public final class DatagramBatch {
  /** The most elements of a batch. */
  public static final int MAX_COUNT = Aeon.AEON_DATAGRAM_BATCH();

  private static final int TRUNCATED = Aeon.AEON_DATAGRAM_TRUNCATED();
  private static final long STRIDE = aeon_datagram.sizeof();
  private static final long MEMORY = aeon_datagram.memory$offset();
  private static final long CAPACITY = aeon_datagram.capacity$offset();
  private static final long BYTE_SIZE = aeon_datagram.byte_size$offset();
  private static final long SEGMENT_BYTE_SIZE = aeon_datagram.segment_byte_size$offset();
  private static final long FLAGS = aeon_datagram.flags$offset();
  private static final long FAMILY = aeon_datagram.peer$offset() + aeon_ip_address.family$offset();
  private static final long PORT = aeon_datagram.peer$offset() + aeon_ip_address.port$offset();
  private static final long SCOPE = aeon_datagram.peer$offset() + aeon_ip_address.scope$offset();
  private static final long HIGH = aeon_datagram.peer$offset() + aeon_ip_address.bytes$offset();
  private static final long LOW = HIGH + Long.BYTES;

  private final MemorySegment elements;

  /**
   * A batch whose elements live as long as {@code arena}.
   *
   * @param count 1 to {@link #MAX_COUNT}
   */
  public DatagramBatch(int count, Arena arena) {
    if (count < 1 || count > MAX_COUNT) {
      throw new IllegalArgumentException(
          "batch is empty or too large, count=%d max=%d".formatted(count, MAX_COUNT));
    }
    this.elements = aeon_datagram.allocateArray(count, arena);
  }

  public int count() {
    return (int) (elements.byteSize() / STRIDE);
  }

  /** {@code count} elements from {@code first} on, and perhaps more: slices can be garbage. */
  MemorySegment range(int first, int count) {
    boolean isBegin = first == 0 && count <= count();
    return isBegin ? elements : elements.asSlice(first * STRIDE, count * STRIDE);
  }

  /** Names the native memory to receive into; it outlives every use of the element. */
  public void setBuffer(int index, MemorySegment memory, long byteOffset, int capacity) {
    elements.set(
        ValueLayout.JAVA_LONG,
        index * STRIDE + MEMORY,
        memory.asSlice(byteOffset, capacity).address());
    setInt(index, CAPACITY, capacity);
  }

  /** Names the native bytes to send; they outlive every use of the element. */
  public void setBytes(
      int index, MemorySegment memory, long byteOffset, int byteSize, int segmentByteSize) {
    elements.set(
        ValueLayout.JAVA_LONG,
        index * STRIDE + MEMORY,
        memory.asSlice(byteOffset, byteSize).address());
    setInt(index, BYTE_SIZE, byteSize);
    setInt(index, SEGMENT_BYTE_SIZE, segmentByteSize);
  }

  /**
   * Names the peer to send to.
   *
   * @param family 4 or 6; 0 for the peer that the socket is connected to
   * @param high the first eight octets of the address, in this machine's order
   * @param low the other eight
   */
  public void setPeer(int index, int family, int port, int scope, long high, long low) {
    setInt(index, FAMILY, family);
    setInt(index, PORT, port);
    setInt(index, SCOPE, scope);
    elements.set(ValueLayout.JAVA_LONG_UNALIGNED, index * STRIDE + HIGH, high);
    elements.set(ValueLayout.JAVA_LONG_UNALIGNED, index * STRIDE + LOW, low);
  }

  private void setInt(int index, long field, int value) {
    elements.set(ValueLayout.JAVA_INT, index * STRIDE + field, value);
  }

  private int getInt(int index, long field) {
    return elements.get(ValueLayout.JAVA_INT, index * STRIDE + field);
  }

  /** How many bytes were received, or are to be sent. */
  public int byteSize(int index) {
    return getInt(index, BYTE_SIZE);
  }

  /** The size of each datagram of a run but the last; 0 for a single datagram. */
  public int segmentByteSize(int index) {
    return getInt(index, SEGMENT_BYTE_SIZE);
  }

  /** Whether the datagram was larger than its buffer. */
  public boolean isTruncated(int index) {
    return (getInt(index, FLAGS) & TRUNCATED) != 0;
  }

  /** 4 or 6; 0 where the sender is not known. */
  public int peerFamily(int index) {
    return getInt(index, FAMILY);
  }

  public int peerPort(int index) {
    return getInt(index, PORT);
  }

  public int peerScope(int index) {
    return getInt(index, SCOPE);
  }

  /** The first eight octets of the peer's address, in this machine's order. */
  public long peerHigh(int index) {
    return elements.get(ValueLayout.JAVA_LONG_UNALIGNED, index * STRIDE + HIGH);
  }

  /** The other eight octets, in this machine's order. */
  public long peerLow(int index) {
    return elements.get(ValueLayout.JAVA_LONG_UNALIGNED, index * STRIDE + LOW);
  }
}
