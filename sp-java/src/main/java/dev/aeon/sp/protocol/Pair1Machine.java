package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;

/** PAIR version 1: as PAIR, with a count of hops in front of each message. */
public final class Pair1Machine extends Pair0Machine {
  private static final int FIRST_HOP = 1;

  private final boolean raw;
  private int maxHopCount;

  /**
   * @param raw whether messages carry their hop count to and from the application
   */
  public Pair1Machine(Effects effects, int maxHopCount, boolean raw) {
    super(effects);
    this.maxHopCount = maxHopCount;
    this.raw = raw;
  }

  /** Most hops that a message may have made, from 1. */
  public void setMaxHopCount(int count) {
    maxHopCount = count;
  }

  @Override
  public ProtocolNumber number() {
    return ProtocolNumber.PAIR1;
  }

  @Override
  boolean accepts(PipeHandle pipe, Packet packet) {
    boolean good = HopCount.take(effects, pipe, packet, maxHopCount);
    if (good && !raw) {
      packet.clearHeader();
    }
    return good;
  }

  @Override
  void prepare(Packet packet) {
    int hops = FIRST_HOP;
    if (raw && packet.headerWordCount() > 0) {
      hops = packet.headerWord(0) + 1;
    }
    packet.clearHeader();
    packet.prependWord(hops);
  }
}
