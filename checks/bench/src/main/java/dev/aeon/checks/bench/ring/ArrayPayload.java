package dev.aeon.checks.bench.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Payloads in arrays of bytes, whose loops the compiler makes vectors of. */
final class ArrayPayload {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private ArrayPayload() {}

  static void write(byte[] body, long first) {
    for (int at = 0; at < body.length; at += Long.BYTES) {
      WORD.set(body, at, first + (at >> 3));
    }
  }

  static long sum(byte[] body) {
    long sum = 0;
    for (int at = 0; at < body.length; at += Long.BYTES) {
      sum += (long) WORD.get(body, at);
    }
    return sum;
  }

  static long first(byte[] body) {
    return (long) WORD.get(body, 0);
  }
}
