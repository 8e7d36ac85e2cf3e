package dev.aeon.fleet.embed;

/**
 * Where a term's hash leads: a slot in the table of document frequencies, and two signed dimensions
 * of the vector. Bits of the hash, from the lowest: 16 of the slot; 10 of the first dimension, 1 of
 * its sign; 10 of the second dimension, 1 of its sign.
 */
public final class Features {
  /** The length of a vector. */
  public static final int DIMENSIONS = 1024;

  /** The number of slots that terms' document frequencies are counted in. */
  public static final int SLOTS = 1 << 16;

  private Features() {}

  static int slot(long hash) {
    return (int) hash & (SLOTS - 1);
  }

  static int firstDimension(long hash) {
    return (int) (hash >>> 16) & (DIMENSIONS - 1);
  }

  static int firstSign(long hash) {
    return sign(hash >>> 26);
  }

  static int secondDimension(long hash) {
    return (int) (hash >>> 27) & (DIMENSIONS - 1);
  }

  static int secondSign(long hash) {
    return sign(hash >>> 37);
  }

  private static int sign(long bits) {
    return (bits & 1) == 0 ? 1 : -1;
  }
}
