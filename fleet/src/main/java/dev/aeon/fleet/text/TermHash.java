package dev.aeon.fleet.text;

/**
 * The 64-bit hash that stands for a term: FNV-1a over the lower-cased code points, each taken as a
 * whole, finished with the 64-bit mixer of MurmurHash3 so that every bit depends on every code
 * point.
 */
public final class TermHash {
  static final long START = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private TermHash() {}

  static long add(long state, int lowerCodePoint) {
    return (state ^ lowerCodePoint) * PRIME;
  }

  static long finish(long state) {
    long hash = state;
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  /** The hash of a whole term, lower-casing it first. */
  public static long of(String term) {
    long state = START;
    for (int index = 0; index < term.length(); ) {
      int codePoint = term.codePointAt(index);
      state = add(state, Character.toLowerCase(codePoint));
      index += Character.charCount(codePoint);
    }
    return finish(state);
  }
}
