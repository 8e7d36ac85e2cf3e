package dev.aeon.slabs.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds for every ring, between one producer and one consumer. */
abstract class RingContract {
  static final int PAYLOAD_BYTES = 48;
  private static final RecordHandler NOTHING = (memory, byteOffset, byteSize) -> {};

  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final Slab slab = device.allocate(1 << 16);
  private RingProducer producer;
  private RingConsumer consumer;

  /** Makes a ring in the slab that takes payloads of {@link #PAYLOAD_BYTES} and holds a few. */
  abstract RingPair create(Slab slab);

  @BeforeEach
  void createRing() {
    RingPair pair = create(slab);
    producer = pair.producer();
    consumer = pair.consumer();
  }

  @AfterEach
  void closeDevice() {
    device.close();
  }

  @Test
  void ring_created_isEmpty() {
    assertThat(consumer.peek()).isEqualTo(RingConsumer.EMPTY);
    assertThat(consumer.hasRecord()).isFalse();
    assertThat(consumer.drain((memory, byteOffset, byteSize) -> {}, 10)).isZero();
  }

  @Test
  void record_committed_isPeekedUntilReleased() {
    assertThat(producer.offer(Texts.bytes("first"))).isTrue();
    assertThat(producer.offer(Texts.bytes("second"))).isTrue();

    assertThat(consumer.hasRecord()).isTrue();
    assertThat(Texts.peek(consumer)).isEqualTo("first");
    assertThat(Texts.peek(consumer)).isEqualTo("first");
    consumer.release();
    assertThat(Texts.peek(consumer)).isEqualTo("second");
    consumer.release();
    assertThat(consumer.peek()).isEqualTo(RingConsumer.EMPTY);
  }

  @Test
  void record_empty_isDelivered() {
    assertThat(producer.offer(Texts.bytes(""))).isTrue();

    assertThat(consumer.peek()).isNotEqualTo(RingConsumer.EMPTY);
    assertThat(consumer.peekedByteSize()).isZero();
  }

  @Test
  void claim_uncommitted_isInvisible() {
    assertThat(producer.claim(8)).isNotEqualTo(RingProducer.FULL).isNotNegative();

    assertThat(consumer.peek()).isEqualTo(RingConsumer.EMPTY);
    producer.commit();
    assertThat(consumer.peek()).isNotEqualTo(RingConsumer.EMPTY);
  }

  @Test
  void claim_aborted_isNeverSeen() {
    producer.claim(8);
    producer.abort();
    producer.offer(Texts.bytes("kept"));

    assertThat(Texts.drain(consumer, 10)).containsExactly("kept");
  }

  @Test
  void claim_staged_isSeenOncePublished() {
    Texts.stage(producer, "a");
    Texts.stage(producer, "b");
    producer.publish();

    assertThat(Texts.drain(consumer, 10)).containsExactly("a", "b");
  }

  @Test
  void claim_onFullRing_isFullUntilRecordsAreReleased() {
    int held = fill();
    assertThat(held).isGreaterThan(1);
    assertThat(producer.hasRoom(PAYLOAD_BYTES)).isFalse();

    assertThat(consumer.drain((memory, byteOffset, byteSize) -> {}, held)).isEqualTo(held);

    assertThat(producer.hasRoom(PAYLOAD_BYTES)).isTrue();
    assertThat(producer.claim(PAYLOAD_BYTES)).isNotEqualTo(RingProducer.FULL);
  }

  @Test
  void claim_onRingFullOfStagedRecords_showsThemToTheConsumer() {
    int staged = 0;
    while (producer.claim(8) != RingProducer.FULL) {
      producer.stage();
      staged++;
    }

    assertThat(consumer.drain((memory, byteOffset, byteSize) -> {}, 1_000)).isEqualTo(staged);
    assertThat(producer.claim(8)).isNotEqualTo(RingProducer.FULL);
  }

  @Test
  void claim_ofImpossibleSize_namesItAndTheLimit() {
    int limit = producer.maxPayloadByteSize();
    assertThat(limit).isGreaterThanOrEqualTo(PAYLOAD_BYTES);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> producer.claim(limit + 1))
        .withMessageContainingAll("byteSize=" + (limit + 1), "maxPayloadByteSize=" + limit);
    assertThatIllegalArgumentException().isThrownBy(() -> producer.claim(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> producer.hasRoom(limit + 1));
    assertThat(producer.claim(limit)).isNotEqualTo(RingProducer.FULL);
  }

  @Test
  void endpoints_misused_sayWhichStepIsMissing() {
    assertThatIllegalStateException().isThrownBy(producer::commit).withMessageContaining("claim");
    assertThatIllegalStateException().isThrownBy(producer::abort).withMessageContaining("claim");
    assertThatIllegalStateException().isThrownBy(consumer::release).withMessageContaining("peeked");
    assertThatIllegalStateException().isThrownBy(consumer::peekedByteSize);
    producer.claim(1);
    assertThatIllegalStateException().isThrownBy(() -> producer.claim(1));
  }

  @Test
  void drain_ofMoreThanTheLimit_stopsThere() {
    for (String text : new String[] {"a", "b", "c", "d"}) {
      producer.offer(Texts.bytes(text));
    }

    assertThat(Texts.drain(consumer, 3)).containsExactly("a", "b", "c");
    assertThat(Texts.drain(consumer, 3)).containsExactly("d");
  }

  @Test
  void drain_whoseHandlerThrows_keepsThatRecordAndThoseBehind() {
    producer.offer(Texts.bytes("taken"));
    producer.offer(Texts.bytes("refused"));
    producer.offer(Texts.bytes("behind"));
    RecordHandler refusing =
        (memory, byteOffset, byteSize) -> {
          if (byteSize == "refused".length()) {
            throw new UnsupportedOperationException("refused");
          }
        };

    assertThatThrownBy(() -> consumer.drain(refusing, 10)).hasMessage("refused");

    assertThat(Texts.peek(consumer)).isEqualTo("refused");
    assertThat(Texts.drain(consumer, 10)).containsExactly("refused", "behind");
  }

  @Test
  void ring_ofClosedSlab_throwsOnEveryUse() {
    producer.offer(Texts.bytes("lost"));
    slab.close();

    assertThatIllegalStateException().isThrownBy(consumer::peek);
    assertThatIllegalStateException().isThrownBy(() -> producer.offer(Texts.bytes("x")));
    assertThatIllegalStateException()
        .isThrownBy(() -> consumer.await(Waiting.yielding(), TimeUnit.HOURS.toNanos(1)));
  }

  @Test
  void await_ofARecordThatIsThere_returnsAtOnce() throws InterruptedException {
    producer.offer(Texts.bytes("x"));

    assertThat(consumer.await(Waiting.spinning(), 0)).isTrue();
    assertThat(producer.awaitRoom(8, Waiting.spinning(), 0)).isTrue();
  }

  @Test
  void await_withoutTime_saysThatNothingCame() throws InterruptedException {
    assertThat(consumer.await(Waiting.yielding(), 1)).isFalse();
    fill();
    assertThat(producer.awaitRoom(PAYLOAD_BYTES, Waiting.yielding(), 1)).isFalse();
  }

  @Test
  void await_interrupted_throws() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> consumer.await(Waiting.yielding(), Long.MAX_VALUE))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void records_betweenTwoThreads_arriveOnceInOrderAndWhole() throws Exception {
    new TwoThreads(producer, consumer, Waiting.yielding(), Waiting.yielding()).pass(20_000);
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void endpoints_parked_goOnWhenTheOtherHas() throws Exception {
    Waiting parking = Waiting.parking(java.time.Duration.ofNanos(1_000));
    new TwoThreads(producer, consumer, parking, parking).pass(500);
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void endpoints_asleep_areWokenThroughDescriptors() throws Exception {
    try (RingWakeUp records = RingWakeUp.open();
        RingWakeUp room = RingWakeUp.open()) {
      producer.wakesThrough(records);
      consumer.wakesThrough(room);
      new TwoThreads(producer, consumer, Waiting.wokenBy(room), Waiting.wokenBy(records))
          .pass(2_000);
    }
  }

  @Test
  void records_passed_allocateNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int count = 20_000;
    passThrough(count);

    long before = threads.getCurrentThreadAllocatedBytes();
    passThrough(count);
    long allocatedBytes = threads.getCurrentThreadAllocatedBytes() - before;

    // The compiler and the measurement itself may allocate now and then; a record does not.
    assertThat(allocatedBytes).isLessThan(count);
  }

  private void passThrough(int count) {
    for (int i = 0; i < count; i++) {
      producer.claim(PAYLOAD_BYTES);
      producer.commit();
      consumer.drain(NOTHING, 10);
    }
  }

  @Test
  void ring_usedAtRandom_behavesAsAQueueDoes() {
    long seed = Long.getLong("aeon.seed", 20261121L);
    for (int round = 0; round < 200; round++) {
      RingPair pair = create(slab);
      new QueueModel(pair.producer(), pair.consumer(), seed + round).run(500);
    }
  }

  private int fill() {
    int count = 0;
    while (producer.claim(PAYLOAD_BYTES) != RingProducer.FULL) {
      producer.commit();
      count++;
    }
    return count;
  }
}
