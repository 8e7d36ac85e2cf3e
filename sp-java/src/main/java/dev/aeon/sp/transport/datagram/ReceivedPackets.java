package dev.aeon.sp.transport.datagram;

/** Which packet numbers have arrived, and whether that is still to be told. */
final class ReceivedPackets {
  /** As many ranges as an acknowledgement names. */
  static final int MAX_RANGES = 32;

  /** Arrivals that are acknowledged without delay. */
  private static final int ACK_EVERY = 2;

  private final RangeSet numbers = new RangeSet();
  private long floor;
  private long largestArrivedNanos;
  private int untoldCount;
  private boolean isUrgent;
  private long firstUntoldNanos;

  /** Whether the number has come before, or is too old to tell. */
  boolean isKnown(long number) {
    return number < floor || numbers.contains(number);
  }

  /** Notes an arrival. */
  void arrived(long number, boolean wantsAck, long nowNanos) {
    boolean isNext = numbers.isEmpty() || number == largest() + 1;
    if (numbers.isEmpty() || number > largest()) {
      largestArrivedNanos = nowNanos;
    }
    numbers.add(number, number + 1);
    if (numbers.count() > MAX_RANGES) {
      floor = numbers.end(0);
      numbers.removeFirstRange();
    }
    if (wantsAck) {
      wanted(isNext, nowNanos);
    }
  }

  private void wanted(boolean isNext, long nowNanos) {
    if (untoldCount == 0) {
      firstUntoldNanos = nowNanos;
    }
    untoldCount++;
    isUrgent |= !isNext || untoldCount >= ACK_EVERY;
  }

  /** Has the next acknowledgement go out without delay. */
  void hurry(long nowNanos) {
    if (untoldCount == 0) {
      firstUntoldNanos = nowNanos;
      untoldCount = 1;
    }
    isUrgent = true;
  }

  boolean isEmpty() {
    return numbers.isEmpty();
  }

  long largest() {
    return numbers.end(numbers.count() - 1) - 1;
  }

  boolean isUntold() {
    return untoldCount > 0;
  }

  boolean isUrgent() {
    return isUrgent;
  }

  /** Since when an acknowledgement is owed. */
  long firstUntoldNanos() {
    return firstUntoldNanos;
  }

  /** How long ago the largest number came. */
  long delayNanos(long nowNanos) {
    return nowNanos - largestArrivedNanos;
  }

  /** An acknowledgement is on its way. */
  void told() {
    untoldCount = 0;
    isUrgent = false;
  }

  RangeSet numbers() {
    return numbers;
  }
}
