package dev.aeon.slabs.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.SlabDevice;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplicatedRingTest {
  private static final long CAPACITY = 256;

  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final MemorySegment first = memory(CAPACITY);
  private final MemorySegment second = memory(CAPACITY);
  private final List<MemorySegment> both = List.of(first, second);
  private ReplicatedProducer producer;
  private ReplicatedConsumer consumer;

  private MemorySegment memory(long capacity) {
    return device.allocate(SpscRing.slabByteSize(capacity)).segment();
  }

  @BeforeEach
  void create() {
    ReplicatedRing.create(both);
    producer = ReplicatedRing.producer(both);
    consumer = ReplicatedRing.consumer(both);
  }

  @AfterEach
  void closeDevice() {
    device.close();
  }

  @Test
  void records_shownInTheFirst_areInEachAtTheSamePlace() {
    offer("one", "two");

    assertThat(Texts.drain(SpscRing.attach(first).consumer(), 9)).containsExactly("one", "two");
    assertThat(Texts.drain(SpscRing.attach(second).consumer(), 9)).containsExactly("one", "two");
    assertThat(first.mismatch(second)).isEqualTo(-1);
  }

  @Test
  void firstRing_droppedByTheWriter_isLeftByTheReaderWithoutLoss() {
    offer("one", "two");
    assertThat(Texts.drain(consumer, 1)).containsExactly("one");

    producer.drop(first);
    first.fill((byte) 0x77);
    offer("three");

    assertThat(Texts.drain(consumer, 9)).containsExactly("two", "three");
    assertThat(producer.ringCount()).isEqualTo(1);
    assertThat(consumer.ringCount()).isEqualTo(1);
  }

  @Test
  void firstRing_droppedByTheReader_isLeftByTheWriterOnceItIsFull() {
    offer("one", "two");
    assertThat(Texts.peek(consumer)).isEqualTo("one");

    consumer.drop(first);

    assertThat(Texts.drain(consumer, 9)).containsExactly("one", "two");
    for (int round = 0; round < 50; round++) {
      offer("again");
      assertThat(Texts.drain(consumer, 9)).containsExactly("again");
    }
    assertThat(producer.ringCount()).isEqualTo(1);
    assertThat(producer.segment()).isEqualTo(second);
  }

  @Test
  void eitherRing_corrupted_isLeftBehindAndNothingIsLost() {
    for (MemorySegment corrupted : both) {
      create();
      for (int round = 0; round < 50; round++) {
        offer("a" + round, "b" + round);
        if (round == 20) {
          corrupted.asSlice(RingLayout.TAIL_OFFSET).fill((byte) 0x5a);
        }
        assertThat(Texts.drain(consumer, 9)).containsExactly("a" + round, "b" + round);
      }
      assertThat(consumer.ringCount()).isEqualTo(1);
      assertThat(producer.ringCount()).isEqualTo(1);
    }
  }

  @Test
  void lastRing_isNotDroppedAndItsCorruptionIsTold() {
    offer("one");
    producer.drop(second);
    assertThatIllegalStateException().isThrownBy(() -> producer.drop(first));
    Texts.drain(consumer, 9);
    assertThat(consumer.ringCount()).as("found when the record was released").isEqualTo(1);
    assertThatIllegalStateException().isThrownBy(() -> consumer.drop(first));

    first.asSlice(RingLayout.TAIL_OFFSET).fill((byte) 0x5a);

    assertThatExceptionOfType(RingCorruptedException.class).isThrownBy(consumer::peek);
  }

  @Test
  void writer_killedBetweenTwoRings_isSucceededByOneThatMakesThemEqual() {
    offer("one");
    SpscRing.attach(second).producer().offer(Texts.bytes("shown in the second alone"));

    producer = ReplicatedRing.producer(both);
    offer("two");

    assertThat(Texts.drain(consumer, 9)).containsExactly("one", "shown in the second alone", "two");
    assertThat(consumer.ringCount()).isEqualTo(2);
  }

  @Test
  void reader_killedBetweenTwoRings_isSucceededByOneThatGoesOnBehind() {
    offer("one", "two");
    SpscConsumer killed = SpscRing.attach(first).consumer();
    killed.peek();
    killed.release();

    consumer = ReplicatedRing.consumer(both);

    assertThat(Texts.drain(consumer, 9)).containsExactly("two");
    assertThat(SpscRing.attach(second).fillByteSize()).isZero();
  }

  @Test
  void rings_thatAreNotAlike_areRefused() {
    MemorySegment larger = memory(2 * CAPACITY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReplicatedRing.create(List.of(first, larger)))
        .withMessageContaining("512");
    assertThatIllegalArgumentException().isThrownBy(() -> ReplicatedRing.create(List.of()));
    larger.fill((byte) 0);
    assertThatExceptionOfType(RingCorruptedException.class)
        .isThrownBy(() -> ReplicatedRing.producer(List.of(first, larger)));
  }

  @Test
  void ring_farBehindAnother_isRefused() {
    for (int round = 0; round < 50; round++) {
      SpscRing ring = SpscRing.attach(second);
      ring.producer().offer(Texts.bytes("record of the second alone"));
      Texts.drain(ring.consumer(), 1);
    }

    assertThatExceptionOfType(RingCorruptedException.class)
        .isThrownBy(() -> ReplicatedRing.producer(both))
        .withMessageContaining("behind");
    assertThatExceptionOfType(RingCorruptedException.class)
        .isThrownBy(() -> ReplicatedRing.consumer(both));
  }

  private void offer(String... texts) {
    for (String each : texts) {
      assertThat(producer.offer(Texts.bytes(each))).isTrue();
    }
  }
}
