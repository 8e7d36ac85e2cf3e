package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;

/** The one header word of PAIR1: how many hops a message has made (sp-wire A3). */
final class HopCount {
  private static final int LARGEST = 0xFF;

  private HopCount() {}

  /**
   * Moves the count from body to header. Returns false for a packet that breaks the rules: it was
   * released then, and what has to follow was asked for.
   */
  static boolean take(Effects effects, PipeHandle pipe, Packet packet, int maxHopCount) {
    int hops = packet.hasWord() ? packet.moveWordToHeader() : -1;
    if (hops < 0 || hops > LARGEST) {
      packet.release();
      effects.closePipe(pipe, PipeFault.MALFORMED_HEADER);
      return false;
    }
    if (hops > maxHopCount) {
      packet.release();
      effects.dropped(pipe);
      effects.receiveNext(pipe);
      return false;
    }
    return true;
  }
}
