package dev.aeon.slabs.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpscRingTest {
  private static final long SMALL_CAPACITY = 256;

  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final Slab slab = device.allocate(SpscRing.slabByteSize(SMALL_CAPACITY));
  private final SpscRing ring = SpscRing.create(slab);
  private final SpscProducer producer = ring.producer();
  private final SpscConsumer consumer = ring.consumer();

  @AfterEach
  void closeDevice() {
    device.close();
  }

  @Test
  void ring_created_isEmptyAndHasTheCapacityAskedFor() {
    assertThat(ring.capacity()).isEqualTo(SMALL_CAPACITY);
    assertThat(consumer.peek()).isEqualTo(RingConsumer.EMPTY);
  }

  @Test
  void claim_aborted_isNeverSeenAndItsSpaceIsUsedAgain() {
    long aborted = producer.claim(40);
    producer.abort();
    long committed = producer.claim(8);
    producer.commit();

    assertThat(committed).isEqualTo(aborted);
    consumer.peek();
    assertThat(consumer.peekedByteSize()).isEqualTo(8);
  }

  @Test
  void claim_staged_isSeenOncePublished() {
    stageText("a");
    stageText("b");
    assertThat(consumer.peek()).isEqualTo(RingConsumer.EMPTY);

    producer.publish();

    assertThat(drainTexts(10)).containsExactly("a", "b");
  }

  @Test
  void claim_onFullRing_isFullUntilOneRecordIsReleased() {
    fillWith(8);
    assertThat(producer.claim(8)).isEqualTo(RingProducer.FULL);

    consumer.peek();
    consumer.release();

    assertThat(producer.claim(8)).isNotEqualTo(RingProducer.FULL);
  }

  @Test
  void claim_ofEverySizeAtEveryPosition_comesOutUnchanged() {
    for (int byteSize = 0; byteSize <= producer.maxPayloadByteSize(); byteSize++) {
      for (int round = 0; round < 8; round++) {
        passOne(byteSize, (byte) (byteSize + round));
      }
    }
    assertThat(consumer.position()).isEqualTo(producer.position()).isGreaterThan(ring.capacity());
  }

  @Test
  void claim_ofTheLargestPayload_fitsAnEmptyRingWhereverItStands() {
    for (int step = 0; step < 64; step++) {
      passOne(0, (byte) 0);
      passOne(producer.maxPayloadByteSize(), (byte) step);
    }
  }

  @Test
  void drain_ofMoreThanTheLimit_stopsThere() {
    fillWith(8);

    assertThat(consumer.drain((memory, byteOffset, byteSize) -> {}, 5)).isEqualTo(5);
    assertThat(consumer.drain((memory, byteOffset, byteSize) -> {}, 100)).isEqualTo(11);
    assertThat(consumer.drain((memory, byteOffset, byteSize) -> {}, 100)).isZero();
  }

  @Test
  void ring_attached_continuesWhereItStood() {
    producer.offer(bytes("read"));
    producer.offer(bytes("left"));
    consumer.peek();
    consumer.release();

    SpscRing attached = SpscRing.attach(slab);

    attached.producer().offer(bytes("added"));
    assertThat(drainTexts(attached.consumer(), 10)).containsExactly("left", "added");
  }

  @Test
  void ring_ofTooSmallSlab_isRefused() {
    Slab tiny = device.allocate(SpscRing.slabByteSize(64) - 1);

    assertThatIllegalArgumentException().isThrownBy(() -> SpscRing.create(tiny));
    assertThatIllegalArgumentException().isThrownBy(() -> SpscRing.slabByteSize(100));
    assertThatIllegalArgumentException().isThrownBy(() -> SpscRing.slabByteSize(-64));
  }

  @Test
  void ring_ofClosedSlab_throwsOnEveryUse() {
    producer.offer(bytes("lost"));
    slab.close();

    assertThatIllegalStateException().isThrownBy(consumer::peek);
    assertThatIllegalStateException().isThrownBy(() -> producer.offer(bytes("x")));
    assertThatIllegalStateException().isThrownBy(() -> SpscRing.create(slab));
    assertThatIllegalStateException().isThrownBy(() -> SpscRing.attach(slab));
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "HOST"})
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void records_betweenTwoThreads_arriveOnceInOrderAndWhole(DevicePreference preference)
      throws Exception {
    try (SlabDevice shared = SlabDevice.open(preference)) {
      SpscRing busy = SpscRing.create(shared.allocate(SpscRing.slabByteSize(4096)));
      int count = 100_000;
      CompletableFuture<Void> producing =
          InThreads.run(() -> produceSequence(busy.producer(), count));

      SequenceCheck check = new SequenceCheck();
      while (check.received < count && !producing.isCompletedExceptionally()) {
        if (busy.consumer().drain(check, 64) == 0) {
          InThreads.letOthersRun();
        }
      }

      producing.get(1, TimeUnit.MINUTES);
      assertThat(check.received).isEqualTo(count);
    }
  }

  private static void produceSequence(RingProducer producer, int count) {
    Random sizes = new Random(1);
    for (int sequence = 0; sequence < count; sequence++) {
      int words = 1 + sizes.nextInt(32);
      long byteOffset = claimSpinning(producer, words * Long.BYTES);
      for (int word = 0; word < words; word++) {
        producer
            .segment()
            .set(ValueLayout.JAVA_LONG, byteOffset + word * 8L, sequence * 1_000L + word);
      }
      finish(producer, sequence);
    }
    producer.publish();
  }

  private static void finish(RingProducer producer, int sequence) {
    if (sequence % 3 == 0) {
      producer.commit();
    } else {
      producer.stage();
    }
  }

  private static long claimSpinning(RingProducer producer, int byteSize) {
    long byteOffset = producer.claim(byteSize);
    while (byteOffset == RingProducer.FULL) {
      InThreads.letOthersRun();
      byteOffset = producer.claim(byteSize);
    }
    return byteOffset;
  }

  private static final class SequenceCheck implements RecordHandler {
    private final Random sizes = new Random(1);
    private int received;

    @Override
    public void onRecord(MemorySegment memory, long byteOffset, int byteSize) {
      int words = 1 + sizes.nextInt(32);
      requireEqual((long) words * Long.BYTES, byteSize);
      for (int word = 0; word < words; word++) {
        long found = memory.get(ValueLayout.JAVA_LONG, byteOffset + word * 8L);
        requireEqual(received * 1_000L + word, found);
      }
      received++;
    }

    /**
     * Plain, because an assertion per word would slow the consumer until the ring is always full.
     */
    private void requireEqual(long expected, long found) {
      if (found != expected) {
        throw new AssertionError(
            "sequence=" + received + " expected=" + expected + " found=" + found);
      }
    }
  }

  private void passOne(int byteSize, byte content) {
    long written = producer.claim(byteSize);
    assertThat(written).isNotEqualTo(RingProducer.FULL).isNotNegative();
    producer.segment().asSlice(written, byteSize).fill(content);
    producer.commit();
    long read = consumer.peek();
    assertThat(read).isEqualTo(written);
    assertThat(consumer.peekedByteSize()).isEqualTo(byteSize);
    for (int i = 0; i < byteSize; i++) {
      assertThat(consumer.segment().get(ValueLayout.JAVA_BYTE, read + i)).isEqualTo(content);
    }
    consumer.release();
  }

  private void fillWith(int byteSize) {
    while (producer.claim(byteSize) != RingProducer.FULL) {
      producer.commit();
    }
  }

  private void stageText(String text) {
    MemorySegment payload = bytes(text);
    long byteOffset = producer.claim((int) payload.byteSize());
    MemorySegment.copy(payload, 0, producer.segment(), byteOffset, payload.byteSize());
    producer.stage();
  }

  private List<String> drainTexts(int limit) {
    return drainTexts(consumer, limit);
  }

  private static List<String> drainTexts(RingConsumer from, int limit) {
    List<String> texts = new ArrayList<>();
    from.drain((memory, offset, size) -> texts.add(text(memory, offset, size)), limit);
    return texts;
  }

  private static String text(MemorySegment memory, long byteOffset, int byteSize) {
    byte[] bytes = memory.asSlice(byteOffset, byteSize).toArray(ValueLayout.JAVA_BYTE);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static MemorySegment bytes(String text) {
    return MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8));
  }
}
