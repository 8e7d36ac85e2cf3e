package dev.aeon.checks.bench.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Payloads in arrays of bytes; of a stride the compiler checks the eight words once. */
final class ArrayPayload {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final int STRIDE = Ring.STRIDE_BYTES;

  private ArrayPayload() {}

  static void write(byte[] body, long first) {
    if (body.length == STRIDE) {
      writeStride(body, 0, first);
    } else {
      WideWords.write(body, first);
    }
  }

  private static void writeStride(byte[] body, int at, long first) {
    WORD.set(body, at, first);
    WORD.set(body, at + 8, first + 1);
    WORD.set(body, at + 16, first + 2);
    WORD.set(body, at + 24, first + 3);
    WORD.set(body, at + 32, first + 4);
    WORD.set(body, at + 40, first + 5);
    WORD.set(body, at + 48, first + 6);
    WORD.set(body, at + 56, first + 7);
  }

  static long sum(byte[] body) {
    if (body.length == STRIDE) {
      return sumOfStride(body, 0);
    }
    return WideWords.sum(body);
  }

  private static long sumOfStride(byte[] body, int at) {
    return (long) WORD.get(body, at)
        + (long) WORD.get(body, at + 8)
        + (long) WORD.get(body, at + 16)
        + (long) WORD.get(body, at + 24)
        + (long) WORD.get(body, at + 32)
        + (long) WORD.get(body, at + 40)
        + (long) WORD.get(body, at + 48)
        + (long) WORD.get(body, at + 56);
  }

  static long first(byte[] body) {
    return (long) WORD.get(body, 0);
  }
}
