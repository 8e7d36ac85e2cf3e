package dev.aeon.checks.bench.broker;

import dev.aeon.slabs.rpc.ClientSocket;
import dev.aeon.slabs.rpc.Payload;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Sends numbered questions of many keys and takes their answers, each of which must be the next of
 * its key.
 */
final class Course {
  private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final int KEY_COUNT = 256;
  private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final ClientSocket socket;
  private final int byteSize;
  private final int windowCount;
  private final long[] lastByKey = new long[KEY_COUNT];
  private final Histogram nanos = new Histogram(MAX_NANOS, 3);
  private long sentCount;
  private long answeredCount;
  private long wrongCount;

  Course(ClientSocket socket, int byteSize, int windowCount) {
    this.socket = socket;
    this.byteSize = byteSize;
    this.windowCount = windowCount;
    Arrays.fill(lastByKey, -KEY_COUNT);
    for (int key = 0; key < KEY_COUNT; key++) {
      lastByKey[key] += key;
    }
  }

  /** Runs for a time, then waits for what is unanswered; answers in a second. */
  double run(long runNanos) {
    long before = answeredCount;
    long start = System.nanoTime();
    while (System.nanoTime() - start < runNanos) {
      turn();
    }
    while (answeredCount < sentCount) {
      receive();
    }
    return (answeredCount - before) * 1e9 / (System.nanoTime() - start);
  }

  private void turn() {
    while (sentCount - answeredCount < windowCount) {
      send();
    }
    receive();
  }

  private void send() {
    long number = sentCount++;
    socket
        .call()
        .key(number % KEY_COUNT)
        .bytes(
            byteSize,
            (segment, byteOffset) -> {
              segment.set(I64, byteOffset, number);
              segment.set(I64, byteOffset + Long.BYTES, System.nanoTime());
              for (long at = 2 * Long.BYTES; at < byteSize; at += Long.BYTES) {
                segment.set(I64, byteOffset + at, number);
              }
            })
        .replyByteSize(byteSize)
        .sendOnly();
  }

  private void receive() {
    socket.receive(payload -> {
      long number = payload.segment().get(I64, payload.byteOffset());
      nanos.recordValue(
          Math.clamp(
              System.nanoTime() - payload.segment().get(I64, payload.byteOffset() + Long.BYTES),
              0,
              MAX_NANOS));
      int key = (int) (number % KEY_COUNT);
      wrongCount += lastByKey[key] + KEY_COUNT == number && isWhole(payload, number) ? 0 : 1;
      lastByKey[key] = number;
      return payload;
    });
    answeredCount++;
  }

  private boolean isWhole(Payload payload, long number) {
    for (long at = 2 * Long.BYTES; at < byteSize; at += Long.BYTES) {
      if (payload.segment().get(I64, payload.byteOffset() + at) != number) {
        return false;
      }
    }
    return payload.byteSize() == byteSize;
  }

  /** Round trips since the last call. */
  Histogram takeNanos() {
    Histogram taken = nanos.copy();
    nanos.reset();
    return taken;
  }

  long answeredCount() {
    return answeredCount;
  }

  /** Answers that were not whole, or not the next of their key. */
  long wrongCount() {
    return wrongCount;
  }
}
