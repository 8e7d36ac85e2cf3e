package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;

/** What the beginning of a ring says, read once and then checked. */
record RingHeader(
    MemorySegment segment,
    long kind,
    long capacity,
    long slotCount,
    long cellByteSize,
    long tail,
    long head) {

  /** Writes the beginning of a new ring over whatever was there, all but the magic number. */
  static RingHeader write(
      MemorySegment segment, long kind, long capacity, long slotCount, long cellByteSize) {
    segment.asSlice(0, RingLayout.DATA_OFFSET).fill((byte) 0);
    segment.asSlice(slotsOffset(capacity), slotCount * RingLayout.SLOT_BYTES).fill((byte) 0);
    set(segment, RingLayout.VERSION_OFFSET, RingLayout.VERSION);
    set(segment, RingLayout.CAPACITY_OFFSET, capacity);
    set(segment, RingLayout.RING_KIND_OFFSET, kind);
    set(segment, RingLayout.SLOT_COUNT_OFFSET, slotCount);
    set(segment, RingLayout.CELL_BYTES_OFFSET, cellByteSize);
    return new RingHeader(segment, kind, capacity, slotCount, cellByteSize, 0, 0);
  }

  /** Shows the ring to those who attach. */
  void publish() {
    RingLayout.WORD.setRelease(segment, RingLayout.MAGIC_OFFSET, RingLayout.MAGIC);
  }

  /** Reads the beginning of a ring of one kind; positions are the caller's to check. */
  static RingHeader read(MemorySegment segment, long kind) {
    if (segment.byteSize() < RingLayout.DATA_OFFSET
        || word(segment, RingLayout.MAGIC_OFFSET) != RingLayout.MAGIC) {
      throw new RingCorruptedException("slab holds no ring:", 0);
    }
    requireEqual("version", RingLayout.VERSION, word(segment, RingLayout.VERSION_OFFSET));
    requireEqual("kind", kind, word(segment, RingLayout.RING_KIND_OFFSET));
    RingHeader header =
        new RingHeader(
            segment,
            kind,
            word(segment, RingLayout.CAPACITY_OFFSET),
            word(segment, RingLayout.SLOT_COUNT_OFFSET),
            word(segment, RingLayout.CELL_BYTES_OFFSET),
            word(segment, RingLayout.TAIL_OFFSET),
            word(segment, RingLayout.HEAD_OFFSET));
    header.requireRoom();
    return header;
  }

  /** How far head and tail are apart now, whatever was written there. */
  static long fill(MemorySegment segment, long limit) {
    long tail = word(segment, RingLayout.TAIL_OFFSET);
    return Math.clamp(tail - word(segment, RingLayout.HEAD_OFFSET), 0L, limit);
  }

  /** The first position that no reader has taken, or released, as it stands now. */
  static long head(MemorySegment segment) {
    return word(segment, RingLayout.HEAD_OFFSET);
  }

  /** The first position that nothing was written to, as it stands now. */
  static long tail(MemorySegment segment) {
    return word(segment, RingLayout.TAIL_OFFSET);
  }

  /** Where the slots begin. */
  static long slotsOffset(long capacity) {
    return RingLayout.DATA_OFFSET + capacity;
  }

  /** Bytes of a whole ring. */
  static long ringByteSize(long capacity, long slotCount) {
    return slotsOffset(capacity) + slotCount * RingLayout.SLOT_BYTES;
  }

  /** A capacity that positions of bytes are taken modulo of. */
  RingHeader requirePowerOfTwo() {
    if (!isPowerOfTwo(capacity)) {
      throw impossible("capacity is no power of two:");
    }
    return this;
  }

  /** Positions that count bytes. */
  RingHeader requirePositions() {
    boolean aligned = (tail | head) % RingLayout.RECORD_ALIGNMENT == 0;
    if (!aligned || head < 0 || tail < head || tail - head > capacity) {
      throw impossible("positions do not fit each other: tail=" + tail);
    }
    return this;
  }

  RingCorruptedException impossible(String violation) {
    return new RingCorruptedException(
        "%s capacity=%d slotCount=%d cellByteSize=%d segmentByteSize=%d"
            .formatted(violation, capacity, slotCount, cellByteSize, segment.byteSize()),
        head);
  }

  private void requireRoom() {
    boolean possible =
        capacity >= RingLayout.MIN_CAPACITY_BYTES
            && capacity <= RingLayout.MAX_CAPACITY_BYTES
            && slotCount >= 0
            && slotCount <= RingLayout.MAX_SLOTS;
    if (!possible || ringByteSize(capacity, slotCount) > segment.byteSize()) {
      throw impossible("ring is not one that fits here:");
    }
  }

  private static void requireEqual(String name, long wanted, long found) {
    if (found != wanted) {
      throw new RingCorruptedException(
          "%s is not the one asked for: %s=%d wanted=%d".formatted(name, name, found, wanted), 0);
    }
  }

  static boolean isPowerOfTwo(long capacity) {
    return capacity >= RingLayout.MIN_CAPACITY_BYTES
        && capacity <= RingLayout.MAX_CAPACITY_BYTES
        && Long.bitCount(capacity) == 1;
  }

  static void requireCapacity(long capacity) {
    if (!isPowerOfTwo(capacity)) {
      throw new IllegalArgumentException(
          "capacity is not a power of two from 64 to 2^40: capacity=" + capacity);
    }
  }

  /** The largest power of two that fits with this many slots. */
  static long largestCapacity(MemorySegment segment, long slotCount) {
    long room = segment.byteSize() - ringByteSize(0, slotCount);
    return Math.min(Long.highestOneBit(Math.max(room, 0)), RingLayout.MAX_CAPACITY_BYTES);
  }

  private static void set(MemorySegment segment, long byteOffset, long value) {
    RingLayout.WORD.set(segment, byteOffset, value);
  }

  private static long word(MemorySegment segment, long byteOffset) {
    return (long) RingLayout.WORD.getAcquire(segment, byteOffset);
  }
}
