package dev.aeon.slabs.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Passes numbered records of varying length from a second thread to this one. */
record TwoThreads(
    RingProducer producer, RingConsumer consumer, Waiting forRoom, Waiting forRecords) {
  private static final long LONG_ENOUGH_NANOS = TimeUnit.MINUTES.toNanos(1);

  void pass(int count) throws Exception {
    CompletableFuture<Void> producing = InThreads.run(() -> produce(count));
    Check check = new Check();
    while (check.received < count && !producing.isCompletedExceptionally()) {
      if (consumer.drain(check, 64) == 0) {
        consumer.await(forRecords, TimeUnit.MILLISECONDS.toNanos(200));
      }
    }
    producing.get(1, TimeUnit.MINUTES);
    assertThat(check.received).isEqualTo(count);
    assertThat(consumer.hasRecord()).isFalse();
  }

  private void produce(int count) {
    for (int sequence = 0; sequence < count; sequence++) {
      int byteSize = byteSizeOf(sequence);
      long byteOffset = claim(byteSize);
      for (int at = 0; at < byteSize; at += Long.BYTES) {
        producer.segment().set(ValueLayout.JAVA_LONG, byteOffset + at, sequence * 1_000L + at);
      }
      if (sequence % 3 == 0) {
        producer.commit();
      } else {
        producer.stage();
      }
    }
    producer.publish();
  }

  private long claim(int byteSize) {
    long byteOffset = producer.claim(byteSize);
    while (byteOffset == RingProducer.FULL) {
      awaitRoom(byteSize);
      byteOffset = producer.claim(byteSize);
    }
    return byteOffset;
  }

  private void awaitRoom(int byteSize) {
    try {
      if (!producer.awaitRoom(byteSize, forRoom, LONG_ENOUGH_NANOS)) {
        throw new AssertionError("no room within a minute: byteSize=" + byteSize);
      }
    } catch (InterruptedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static int byteSizeOf(int sequence) {
    return (1 + sequence * 7 % 6) * Long.BYTES;
  }

  private static final class Check implements RecordHandler {
    private int received;

    @Override
    public void onRecord(MemorySegment memory, long byteOffset, int byteSize) {
      requireEqual(byteSizeOf(received), byteSize);
      for (int at = 0; at < byteSize; at += Long.BYTES) {
        requireEqual(received * 1_000L + at, memory.get(ValueLayout.JAVA_LONG, byteOffset + at));
      }
      received++;
    }

    /** Plain: an assertion per word would slow the consumer until the ring is always full. */
    private void requireEqual(long expected, long found) {
      if (found != expected) {
        throw new AssertionError(
            "sequence=%d expected=%d found=%d".formatted(received, expected, found));
      }
    }
  }
}
