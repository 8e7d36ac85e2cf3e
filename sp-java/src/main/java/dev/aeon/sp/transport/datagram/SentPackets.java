package dev.aeon.sp.transport.datagram;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Packets that were sent and are not known to have arrived, by number: which part of the message
 * stream each carries, how large it was and when. Numbers only grow; a ring has the latest.
 * Confined to its session.
 */
final class SentPackets {
  /** How many numbers may be between the oldest one open and the next. */
  static final int MAX_COUNT = 1 << 15;

  private static final int INITIAL_CAPACITY = 64;
  private static final byte DONE = 0;
  private static final byte UNDER_WAY = 1;
  private static final byte LOST = 2;

  private long[] positions = new long[INITIAL_CAPACITY];
  private int[] partByteSizes = new int[INITIAL_CAPACITY];
  private int[] byteSizes = new int[INITIAL_CAPACITY];
  private long[] sentNanos = new long[INITIAL_CAPACITY];
  private byte[] states = new byte[INITIAL_CAPACITY];
  private byte[] ways = new byte[INITIAL_CAPACITY];
  private @Nullable PacketLoan[] loans = new PacketLoan[INITIAL_CAPACITY];
  private long first;
  private long next;
  private long underWayByteCount;
  private int underWayCount;

  /** The number of the next packet. */
  long next() {
    return next;
  }

  /** The oldest number that is open. */
  long first() {
    return first;
  }

  boolean isFull() {
    return next - first >= MAX_COUNT;
  }

  long underWayByteCount() {
    return underWayByteCount;
  }

  boolean hasUnderWay() {
    return underWayCount > 0;
  }

  /**
   * Notes a packet that wants an acknowledgement; its number is {@link #next()} before.
   *
   * @param loan given back once the packet is done or forgotten
   */
  void sent(
      long position,
      int partByteSize,
      int byteSize,
      int way,
      @Nullable PacketLoan loan,
      long nowNanos) {
    int slot = takeSlot();
    loans[slot] = loan;
    ways[slot] = (byte) way;
    positions[slot] = position;
    partByteSizes[slot] = partByteSize;
    byteSizes[slot] = byteSize;
    sentNanos[slot] = nowNanos;
    states[slot] = UNDER_WAY;
    underWayByteCount += byteSize;
    underWayCount++;
  }

  /** Notes a packet that nobody needs to acknowledge. */
  void sentWithoutAck() {
    int slot = takeSlot();
    states[slot] = DONE;
    skipDone();
  }

  private int takeSlot() {
    if (next - first == states.length) {
      grow();
    }
    return slot(next++);
  }

  private void grow() {
    int before = states.length;
    positions = Arrays.copyOf(positions, 2 * before);
    partByteSizes = Arrays.copyOf(partByteSizes, 2 * before);
    byteSizes = Arrays.copyOf(byteSizes, 2 * before);
    sentNanos = Arrays.copyOf(sentNanos, 2 * before);
    states = Arrays.copyOf(states, 2 * before);
    ways = Arrays.copyOf(ways, 2 * before);
    loans = Arrays.copyOf(loans, 2 * before);
    for (long number = first; number < next; number++) {
      move((int) (number & (before - 1)), slot(number));
    }
  }

  private void move(int from, int to) {
    positions[to] = positions[from];
    partByteSizes[to] = partByteSizes[from];
    byteSizes[to] = byteSizes[from];
    sentNanos[to] = sentNanos[from];
    states[to] = states[from];
    ways[to] = ways[from];
    if (to != from) {
      loans[to] = loans[from];
      loans[from] = null;
    }
  }

  private int slot(long number) {
    return (int) (number & (states.length - 1));
  }

  boolean isUnderWay(long number) {
    return isKnown(number) && states[slot(number)] == UNDER_WAY;
  }

  /** Whether the packet is under way, or was given up and may yet turn out to have arrived. */
  boolean isOpen(long number) {
    return isKnown(number) && states[slot(number)] != DONE;
  }

  private boolean isKnown(long number) {
    return number >= first && number < next;
  }

  long position(long number) {
    return positions[slot(number)];
  }

  int partByteSize(long number) {
    return partByteSizes[slot(number)];
  }

  int byteSize(long number) {
    return byteSizes[slot(number)];
  }

  /** Which {@link Way} the packet went. */
  int way(long number) {
    return ways[slot(number)];
  }

  long sentNanos(long number) {
    return sentNanos[slot(number)];
  }

  /** The packet has arrived. */
  void done(long number) {
    leave(number, DONE);
    giveBack(slot(number));
  }

  /** The packet is given up; what it carried is to be sent again. */
  void lost(long number) {
    leave(number, LOST);
  }

  private void giveBack(int slot) {
    PacketLoan loan = loans[slot];
    if (loan != null) {
      loans[slot] = null;
      loan.giveBack();
    }
  }

  private void leave(long number, byte state) {
    int slot = slot(number);
    if (states[slot] == UNDER_WAY) {
      underWayByteCount -= byteSizes[slot];
      underWayCount--;
    }
    states[slot] = state;
  }

  /** Forgets the oldest that are done, and those given up before {@code lostBefore}. */
  void forgetBefore(long lostBefore) {
    while (first < next
        && (states[slot(first)] == DONE || (states[slot(first)] == LOST && first < lostBefore))) {
      giveBack(slot(first));
      first++;
    }
  }

  /** Nobody waits for acknowledgements any more. */
  void close() {
    for (int slot = 0; slot < loans.length; slot++) {
      giveBack(slot);
    }
  }

  private void skipDone() {
    forgetBefore(0);
  }
}
