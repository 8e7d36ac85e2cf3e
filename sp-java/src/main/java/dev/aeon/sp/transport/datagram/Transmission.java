package dev.aeon.sp.transport.datagram;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is sent next and what is sent again: loss is found by later packets having arrived, by time,
 * and by probes when nothing arrives at all (RFC 9002, 6). Confined to its session; told the time.
 */
final class Transmission {
  /** Packets may overtake each other by so many. */
  private static final long REORDERING = 3;

  private static final int COLLAPSE_AFTER_PROBES = 3;
  private static final int MAX_BACK_OFF_SHIFT = 10;
  private static final long MAX_PROBE_NANOS = 1_000_000_000;

  /**
   * So much may wait at the peer: it is never idle, and both find it in their processor's cache.
   */
  private static final long QUEUE_BYTE_SIZE = 1_000_000;

  /** What a path holds besides, were it as fast as any: 32 Gbit/s. */
  private static final long PATH_BYTES_PER_NANO = 4;

  /** Whose round trip takes this long has another queue than the peer's. */
  private static final long NEAR_NANOS = 10_000_000;

  static final long NEVER = Long.MAX_VALUE;
  private static final long NO_NUMBER = -1;

  private final SendQueue queue;
  private final SentPackets sent = new SentPackets();
  private final RangeSet lost = new RangeSet();
  private final RoundTrip roundTrip = new RoundTrip();
  private final CongestionWindow window;
  private final long maxAckDelayNanos;
  private long nextPosition;
  private long duePosition;
  private long positionLimit;
  private long messageLimit;
  private long largestAcknowledged = -1;
  private final long[] largestAcknowledgedByWay = new long[Way.COUNT];
  private long lastSentNanos;
  private long lossDeadlineNanos = NEVER;
  private int probeCount;
  private long sizeProbeNumber = NO_NUMBER;
  private boolean wasFull;
  private int lastGivenUpWay = Way.MAIN;

  Transmission(
      SendQueue queue,
      int packetByteSize,
      long positionLimit,
      long messageLimit,
      long maxAckDelayNanos) {
    this.queue = queue;
    this.window = new CongestionWindow(packetByteSize);
    this.positionLimit = positionLimit;
    this.messageLimit = messageLimit;
    this.maxAckDelayNanos = maxAckDelayNanos;
    Arrays.fill(largestAcknowledgedByWay, -1);
  }

  long nextNumber() {
    return sent.next();
  }

  RoundTrip roundTrip() {
    return roundTrip;
  }

  CongestionWindow window() {
    return window;
  }

  /** How many bytes wait to be sent for the first time. */
  long unsentByteCount() {
    return queue.endPosition() - nextPosition;
  }

  /** Lets all that waits go. */
  void makeDue() {
    duePosition = queue.endPosition();
  }

  /** Lets whole runs of what waits go; less than one stays behind. */
  void makeRunsDue(long runByteSize) {
    long begin = Math.max(duePosition, nextPosition);
    long held = queue.endPosition() - begin;
    duePosition = begin + held - held % runByteSize;
  }

  /** How many bytes stay behind until they are due. */
  long heldByteCount() {
    return queue.endPosition() - duePosition;
  }

  boolean isEverythingAcknowledged() {
    return queue.acknowledgedPosition() == queue.endPosition();
  }

  boolean hasUnderWay() {
    return sent.hasUnderWay();
  }

  /** Whether a packet of {@code byteSize} may go now. */
  boolean mayGo(int byteSize) {
    if (sent.isFull()) {
      return false;
    }
    boolean fits = !sent.hasUnderWay() || sent.underWayByteCount() + byteSize <= window.byteSize();
    wasFull |= !fits;
    return fits;
  }

  /**
   * Whether more would only wait where the peer reads. The window does not see to that: nothing is
   * lost in a queue that credit bounds, however long that makes it.
   */
  boolean isPeerBehind() {
    return lost.isEmpty()
        && roundTrip.smoothedNanos() < NEAR_NANOS
        && sent.underWayByteCount() >= QUEUE_BYTE_SIZE + roundTrip.minNanos() * PATH_BYTES_PER_NANO;
  }

  /** Everything there was has gone: what holds sending back is not the window. */
  void ranDry() {
    wasFull = false;
  }

  /** Where the next part to send begins: one that was lost, or a new one. */
  long partPosition() {
    return lost.isEmpty() ? nextPosition : lost.begin(0);
  }

  /** The most bytes that the next part may have; 0 where nothing is to be sent. */
  int partRoom(int room) {
    long left =
        lost.isEmpty()
            ? Math.min(duePosition, positionLimit) - nextPosition
            : lost.end(0) - lost.begin(0);
    return (int) Math.max(0, Math.min(room, left));
  }

  /** Which messages may not be begun yet. */
  long messageLimit() {
    return messageLimit;
  }

  /** A packet with a part, or with none, that wants an acknowledgement has gone. */
  void sent(
      long position,
      int partByteSize,
      int byteSize,
      int way,
      @Nullable PacketLoan loan,
      long nowNanos) {
    sent.sent(position, partByteSize, byteSize, way, loan, nowNanos);
    lost.remove(position, position + partByteSize);
    nextPosition = Math.max(nextPosition, position + partByteSize);
    lastSentNanos = nowNanos;
  }

  /** The packet with the next number finds out how much the path takes: its loss says no more. */
  void sizeProbe(int byteSize, int way, long nowNanos) {
    sizeProbeNumber = sent.next();
    sent(nextPosition, 0, byteSize, way, null, nowNanos);
  }

  /** Whether that packet is neither acknowledged nor given up. */
  boolean hasSizeProbe() {
    return sizeProbeNumber != NO_NUMBER && sent.isUnderWay(sizeProbeNumber);
  }

  /** Whether that packet was given up. */
  boolean isSizeProbeLost() {
    return sizeProbeNumber == NO_NUMBER;
  }

  /** A packet that wants none has gone. */
  void sentWithoutAck() {
    sent.sentWithoutAck();
  }

  /**
   * Takes what the peer says.
   *
   * @throws ProtocolViolation if it says what cannot be
   */
  void acknowledged(AckBlock block, int maxPacketByteSize, long nowNanos) throws ProtocolViolation {
    long largest = block.end(0) - 1;
    if (largest >= sent.next()) {
      throw ProtocolViolation.malformed(
          "packet acknowledged that was never sent: number=%d next=%d"
              .formatted(largest, sent.next()));
    }
    positionLimit = Math.max(positionLimit, block.positionLimit());
    messageLimit = Math.max(messageLimit, block.messageLimit());
    if (sent.isUnderWay(largest)) {
      roundTrip.sample(
          nowNanos - sent.sentNanos(largest), Math.min(block.delayNanos(), maxAckDelayNanos));
    }
    largestAcknowledged = Math.max(largestAcknowledged, largest);
    for (int index = 0; index < block.rangeCount(); index++) {
      acknowledged(block.begin(index), block.end(index), maxPacketByteSize);
    }
    findLost(maxPacketByteSize, nowNanos);
    forgetOld();
  }

  private void acknowledged(long begin, long end, int maxPacketByteSize) {
    for (long number = Math.max(begin, sent.first()); number < end; number++) {
      if (sent.isUnderWay(number)) {
        window.acknowledged(
            sent.byteSize(number), sent.sentNanos(number), maxPacketByteSize, wasFull);
        probeCount = 0;
      }
      if (sent.isOpen(number)) {
        arrived(number);
      }
    }
    if (!sent.hasUnderWay()) {
      wasFull = false;
    }
  }

  private void arrived(long number) {
    int way = sent.way(number);
    largestAcknowledgedByWay[way] = Math.max(largestAcknowledgedByWay[way], number);
    long begin = sent.position(number);
    long end = begin + sent.partByteSize(number);
    queue.acknowledge(begin, end);
    lost.remove(begin, end);
    sent.done(number);
  }

  /** Those given up long ago are forgotten: they may count as never arrived. */
  private void forgetOld() {
    sent.forgetBefore(sent.next() - SentPackets.MAX_COUNT / 2);
    sent.forgetBefore(largestAcknowledged - SentPackets.MAX_COUNT / 4);
  }

  private void findLost(int maxPacketByteSize, long nowNanos) {
    lossDeadlineNanos = NEVER;
    long delay = roundTrip.lossDelayNanos();
    long otherWayDelay = Math.max(delay, roundTrip.probeNanos(maxAckDelayNanos));
    for (long number = sent.first(); number < largestAcknowledged; number++) {
      if (!sent.isUnderWay(number)) {
        continue;
      }
      // Packets of one way say little about those of the other, which may take longer.
      long overtaking = largestAcknowledgedByWay[sent.way(number)];
      long deadline = sent.sentNanos(number) + (number < overtaking ? delay : otherWayDelay);
      if (number <= overtaking - REORDERING || deadline - nowNanos <= 0) {
        lost(number, maxPacketByteSize, nowNanos);
      } else {
        lossDeadlineNanos = Math.min(lossDeadlineNanos, deadline);
      }
    }
  }

  private void lost(long number, int maxPacketByteSize, long nowNanos) {
    long begin = sent.position(number);
    lost.add(begin, begin + sent.partByteSize(number));
    queue.subtractAcknowledged(lost);
    if (number == sizeProbeNumber) {
      sizeProbeNumber = NO_NUMBER;
    } else {
      window.lost(sent.sentNanos(number), nowNanos, maxPacketByteSize);
    }
    sent.lost(number);
  }

  /** When {@link #timeout} wants to be called; far in the future where nothing is under way. */
  long deadlineNanos() {
    return sent.hasUnderWay() ? Math.min(lossDeadlineNanos, probeDeadlineNanos()) : NEVER;
  }

  private long probeDeadlineNanos() {
    long span = roundTrip.probeNanos(maxAckDelayNanos);
    long backedOff = span << Math.min(probeCount, MAX_BACK_OFF_SHIFT);
    return lastSentNanos + Math.min(backedOff, Math.max(MAX_PROBE_NANOS, span));
  }

  /**
   * The deadline has come.
   *
   * @return whether a probe is to be sent, whatever the window says
   */
  boolean timeout(int maxPacketByteSize, long nowNanos) {
    if (lossDeadlineNanos != NEVER && lossDeadlineNanos - nowNanos <= 0) {
      findLost(maxPacketByteSize, nowNanos);
      return false;
    }
    if (!sent.hasUnderWay() || probeDeadlineNanos() - nowNanos > 0) {
      return false;
    }
    probeCount++;
    if (probeCount == COLLAPSE_AFTER_PROBES) {
      window.collapse(maxPacketByteSize);
    }
    giveUpOldest();
    return true;
  }

  /** What the oldest packet carried goes into the probe, so that a lost tail is repaired by it. */
  private void giveUpOldest() {
    for (long number = sent.first(); number < sent.next(); number++) {
      if (sent.isUnderWay(number)) {
        long begin = sent.position(number);
        lost.add(begin, begin + sent.partByteSize(number));
        queue.subtractAcknowledged(lost);
        // That a packet is too large says nothing of those of other sizes.
        boolean isSizeProbe = number == sizeProbeNumber;
        sizeProbeNumber = isSizeProbe ? NO_NUMBER : sizeProbeNumber;
        lastGivenUpWay = isSizeProbe ? Way.MAIN : sent.way(number);
        sent.lost(number);
        return;
      }
    }
  }

  /** Which way the packet had gone that was given up for the last probe. */
  int lastGivenUpWay() {
    return lastGivenUpWay;
  }

  /** The largest number that has arrived of those sent one {@link Way}; -1 where none has. */
  long largestAcknowledged(int way) {
    return largestAcknowledgedByWay[way];
  }

  /** How many bytes may be sent now but for the window. */
  long sendableByteCount() {
    long lostByteCount = lost.isEmpty() ? 0 : lost.end(lost.count() - 1) - lost.begin(0);
    return lostByteCount + Math.max(0, Math.min(duePosition, positionLimit) - nextPosition);
  }

  /** Gives back what packets under way have on loan. */
  void close() {
    sent.close();
  }

  /** How often the peer was probed in vain. */
  int probeCount() {
    return probeCount;
  }
}
