package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.Errno;

/**
 * How many packets to ask the kernel for at a time. Where they come one by one, as in round trips,
 * looking for a second costs as much as a tenth of the trip. Confined to its carrier.
 */
final class ReceiveCount {
  /** So that one busy carrier leaves its socket's others a turn. */
  static final int BATCHES_PER_EVENT = 4;

  /** Who looks by itself lets others run between looks, which takes longer than each of these. */
  static final int ATTEMPTS_PER_LOOK = 4;

  /** Of events that bring one packet, one in so many looks for more. */
  private static final int LOOKS = 16;

  /** A packet as large as this is rarely the only one. */
  private static final int FULL_BYTE_SIZE = 1_200;

  private boolean isSingle;
  private boolean isMoreLikely;
  private int asked;
  private int taken;
  private int singleCount;

  /** The socket has something. */
  void begin() {
    boolean looks = !isSingle || singleCount >= LOOKS;
    asked = looks ? ReceiveBuffers.COUNT : 1;
    taken = 0;
    isMoreLikely = true;
  }

  int next() {
    return asked;
  }

  /**
   * The kernel gave so many.
   *
   * @param count or a negative errno
   * @param firstByteSize the size of the first
   */
  void took(int count, int firstByteSize) {
    taken += Math.max(0, count);
    if (taken > 0) {
      isSingle = taken == 1 && firstByteSize < FULL_BYTE_SIZE;
      singleCount = asked > 1 ? 0 : singleCount + 1;
    }
    boolean isFull = count == asked && (asked > 1 || firstByteSize >= FULL_BYTE_SIZE);
    // Anything but an empty socket was an error left by an earlier packet, now taken.
    isMoreLikely = isFull || (count < 0 && count != -Errno.EAGAIN);
    asked = ReceiveBuffers.COUNT;
  }

  /** Whether there may be more to take, as far as one can tell. */
  boolean isMoreLikely() {
    return isMoreLikely;
  }
}
