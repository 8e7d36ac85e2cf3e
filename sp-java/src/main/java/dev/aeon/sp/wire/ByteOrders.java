package dev.aeon.sp.wire;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Layouts of the integers that SP puts on the wire: big-endian, at any address. */
final class ByteOrders {
  static final ValueLayout.OfShort SHORT_BE =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  static final ValueLayout.OfInt INT_BE =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  static final ValueLayout.OfLong LONG_BE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private ByteOrders() {}
}
