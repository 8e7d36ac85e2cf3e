package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;

/**
 * The words in front of a request that lead its reply home (sp-wire A3): hops with the top bit
 * clear, then one id with the top bit set.
 *
 * <pre>
 *   +-----------+-----+-----------+----------------+------
 *   | 0 | hop   | ... | 0 | hop   | 1 | request id | body
 *   +-----------+-----+-----------+----------------+------
 * </pre>
 */
final class Backtrace {
  static final int MAX_WORD_COUNT = 15;

  /** How reading a backtrace ended. */
  enum Reading {
    COMPLETE,
    TOO_LONG,
    CUT_SHORT
  }

  private final int[] words = new int[MAX_WORD_COUNT];
  private int count;

  /** Moves the backtrace of {@code packet} from its body to its header. */
  static Reading read(Packet packet, int maxWordCount) {
    for (int count = 1; packet.hasWord(); count++) {
      if (count > maxWordCount) {
        return Reading.TOO_LONG;
      }
      if (packet.moveWordToHeader() < 0) {
        return Reading.COMPLETE;
      }
    }
    return Reading.CUT_SHORT;
  }

  /** Keeps the header that {@link #read} left, and takes it off {@code packet}. */
  void takeFrom(Packet packet) {
    count = packet.headerWordCount();
    for (int index = 0; index < count; index++) {
      words[index] = packet.headerWord(index);
    }
    packet.clearHeader();
  }

  /** Puts the kept words in front of {@code packet}. */
  void putOn(Packet packet) {
    for (int index = count - 1; index >= 0; index--) {
      packet.prependWord(words[index]);
    }
  }
}
