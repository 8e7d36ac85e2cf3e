package dev.aeon.slabs.ring;

/**
 * The one word that a cell of an {@link MpmcRing} begins with: whose turn it is, and how far that
 * turn has come. In its upper half stands the turn, the lower half of a position. The position that
 * an end is at is never half as many records away, so that the difference of the two tells which is
 * ahead. In its lower half stands the state: the bytes of a committed record, or one of the
 * negative numbers here.
 */
final class CellStamp {
  static final int FREE = (int) RingLayout.CELL_FREE;
  static final int ABORTED = (int) RingLayout.CELL_ABORTED;

  private static final int FIRST_CLAIM = (int) RingLayout.CELL_FIRST_CLAIM;

  private CellStamp() {}

  static long of(long position, int state) {
    return position << Integer.SIZE | Integer.toUnsignedLong(state);
  }

  /** What the cell says while the end of this slot writes into it. */
  static int claimedBy(int slotIndex) {
    return FIRST_CLAIM - slotIndex;
  }

  static int state(long stamp) {
    return (int) stamp;
  }

  /** How many positions the cell's turn comes after this one; below 0 where it comes before. */
  static int turnsAfter(long stamp, long position) {
    return (int) (stamp >>> Integer.SIZE) - (int) position;
  }

  static boolean isClaim(int state) {
    return state <= FIRST_CLAIM;
  }

  static int slotIndexOf(int state) {
    return FIRST_CLAIM - state;
  }

  /** Whether it is this position's turn, and its producer is done. */
  static boolean isFinished(long stamp, long position) {
    return turnsAfter(stamp, position) == 0 && state(stamp) != FREE && !isClaim(state(stamp));
  }
}
