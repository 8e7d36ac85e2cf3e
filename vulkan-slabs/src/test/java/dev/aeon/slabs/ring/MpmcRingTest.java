package dev.aeon.slabs.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MpmcRingTest {
  private static final int CELLS = 4;
  private static final int PAYLOAD_BYTES = 48;
  private static final long DEAD = 12345;
  private static final RecordHandler IGNORE = (memory, byteOffset, byteSize) -> {};

  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final Slab slab = device.allocate(MpmcRing.slabByteSize(CELLS, PAYLOAD_BYTES));
  private final MpmcRing ring = MpmcRing.create(slab, CELLS, PAYLOAD_BYTES);

  @AfterEach
  void closeDevice() {
    device.close();
  }

  @Test
  void ring_full_holdsAsManyRecordsAsItHasCells() {
    MpmcProducer producer = ring.producer();
    for (int i = 0; i < CELLS; i++) {
      assertThat(producer.offer(Texts.bytes("x"))).isTrue();
    }

    assertThat(producer.offer(Texts.bytes("x"))).isFalse();
    assertThat(ring.cellCount()).isEqualTo(CELLS);
    assertThat(ring.fillCount()).isEqualTo(CELLS);
  }

  @Test
  void consumer_thatLetsRecordsGather_findsThemAllInOrder() {
    MpmcConsumer consumer = ring.consumer();
    consumer.gatherFor(3);
    List<String> found = new ArrayList<>();
    for (String text : List.of("one", "two", "three")) {
      ring.producer().offer(Texts.bytes(text));
      found.addAll(Texts.drain(consumer, 2));
    }

    assertThat(consumer.peek()).isEqualTo(RingConsumer.EMPTY);
    assertThat(found).containsExactly("one", "two", "three");
    assertThatIllegalArgumentException().isThrownBy(() -> consumer.gatherFor(-1));
  }

  @Test
  void record_ofSeveralConsumers_reachesOneOfThem() {
    ring.producer().offer(Texts.bytes("one"));
    ring.producer().offer(Texts.bytes("two"));
    MpmcConsumer first = ring.consumer();
    MpmcConsumer second = ring.consumer();

    assertThat(Texts.peek(first)).isEqualTo("one");
    assertThat(Texts.peek(second)).isEqualTo("two");
    second.release();
    first.release();
    assertThat(first.peek()).isEqualTo(RingConsumer.EMPTY);
  }

  @Test
  void claims_committedOutOfOrder_areReadInOrder() {
    MpmcProducer slow = ring.producer();
    long slowOffset = slow.claim(1);
    ring.producer().offer(Texts.bytes("quick"));
    MpmcConsumer consumer = ring.consumer();
    assertThat(consumer.peek()).isEqualTo(RingConsumer.EMPTY);

    slow.segment().set(ValueLayout.JAVA_BYTE, slowOffset, (byte) 's');
    slow.commit();

    assertThat(Texts.drain(consumer, 10)).containsExactly("s", "quick");
  }

  @Test
  void ring_attached_sharesRecordsAndSlots() {
    ring.producer().offer(Texts.bytes("passed on"));

    MpmcRing attached = MpmcRing.attach(slab);

    assertThat(Texts.drain(attached.consumer(), 10)).containsExactly("passed on");
    attached.producer().offer(Texts.bytes("back"));
    assertThat(Texts.drain(ring.consumer(), 10)).containsExactly("back");
  }

  @Test
  void ends_closed_makeRoomForOthersAndAreOfNoUse() {
    for (int i = 0; i < 100; i++) {
      ring.producer().close();
    }
    List<MpmcConsumer> open = IntStream.range(0, 64).mapToObj(_ -> ring.consumer()).toList();

    assertThatIllegalStateException().isThrownBy(ring::producer).withMessageContaining("slot");
    open.getFirst().close();
    assertThatIllegalStateException().isThrownBy(() -> open.getFirst().peek());
    MpmcProducer producer = ring.producer();
    producer.close();
    assertThatIllegalStateException().isThrownBy(() -> producer.claim(1));
  }

  @Test
  void producer_closedWithAnOpenClaim_abortsIt() {
    MpmcProducer leaving = ring.producer();
    leaving.claim(8);
    leaving.close();
    ring.producer().offer(Texts.bytes("next"));

    assertThat(Texts.drain(ring.consumer(), 10)).containsExactly("next");
  }

  @Test
  void ring_ofImpossibleShape_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> MpmcRing.slabByteSize(3, 8));
    assertThatIllegalArgumentException().isThrownBy(() -> MpmcRing.slabByteSize(1, 8));
    assertThatIllegalArgumentException().isThrownBy(() -> MpmcRing.slabByteSize(4, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MpmcRing.slabByteSize(4, Integer.MAX_VALUE));
    assertThatIllegalArgumentException().isThrownBy(() -> MpmcRing.slabByteSize(1L << 62, 48));
    assertThatIllegalArgumentException().isThrownBy(() -> MpmcRing.create(slab, 8, PAYLOAD_BYTES));
  }

  @Test
  void claim_ofAProducerThatDied_isPassedOver() {
    MpmcProducer dead = ring.producer();
    dead.claim(8);
    kill(dead);
    ring.producer().offer(Texts.bytes("behind"));
    MpmcConsumer consumer = ring.consumer();
    assertThat(consumer.peek()).isEqualTo(RingConsumer.EMPTY);

    assertThat(ring.recover(owner -> owner != DEAD, IGNORE)).isEqualTo(1);

    assertThat(Texts.drain(consumer, 10)).containsExactly("behind");
    assertThat(ring.recover(owner -> owner != DEAD, IGNORE)).isZero();
  }

  @Test
  void records_ofAConsumerThatDied_areHandedOver() {
    MpmcProducer producer = ring.producer();
    for (String text : List.of("held", "next", "last", "full")) {
      producer.offer(Texts.bytes(text));
    }
    MpmcConsumer dead = ring.consumer();
    dead.peek();
    kill(dead);
    List<String> abandoned = new ArrayList<>();
    assertThat(producer.offer(Texts.bytes("no room"))).isFalse();

    int cleared =
        ring.recover(
            owner -> owner != DEAD,
            (memory, offset, size) -> abandoned.add(Texts.at(memory, offset, size)));

    assertThat(cleared).isEqualTo(1);
    assertThat(abandoned).containsExactly("held");
    assertThat(producer.offer(Texts.bytes("room"))).isTrue();
    assertThat(Texts.drain(ring.consumer(), 10)).containsExactly("next", "last", "full", "room");
  }

  @Test
  void recovery_ofLivingEnds_touchesNothing() {
    ring.producer().offer(Texts.bytes("held"));
    MpmcConsumer consumer = ring.consumer();
    MpmcProducer producer = ring.producer();
    consumer.peek();
    producer.claim(8);

    assertThat(ring.recover(RingOwner::isAlive, IGNORE)).isZero();

    assertThat(Texts.peek(consumer)).isEqualTo("held");
    producer.commit();
  }

  @Test
  void recovery_whileAnotherIsUnderWay_leavesItAlone() {
    MpmcProducer dead = ring.producer();
    dead.claim(8);
    kill(dead);
    put(RingLayout.RECOVERER_OFFSET, RingOwner.current());
    assertThat(ring.recover(owner -> owner != DEAD, IGNORE)).isZero();

    put(RingLayout.RECOVERER_OFFSET, DEAD);

    assertThat(ring.recover(owner -> owner != DEAD, IGNORE)).isEqualTo(1);
  }

  @Test
  void owner_ofThisProcess_isAliveAndNotItsNumberAlone() {
    assertThat(RingOwner.processId(RingOwner.current())).isEqualTo(ProcessHandle.current().pid());
    assertThat(RingOwner.isAlive(RingOwner.current())).isTrue();
    assertThat(RingOwner.isAlive(RingOwner.current() ^ (1L << 40))).isFalse();
  }

  @Test
  void records_ofManyThreads_arriveOnceEach() throws Exception {
    int producers = 3;
    int count = 5_000;
    AtomicIntegerArray seen = new AtomicIntegerArray(producers * count);
    InThreads work = new InThreads();
    for (int i = 0; i < producers; i++) {
      int first = i * count;
      work.add(() -> produce(first, count));
    }
    for (int i = 0; i < 3; i++) {
      work.add(() -> consumeInOrder(seen, producers, count));
    }

    work.join();

    assertThat(IntStream.range(0, producers * count).map(seen::get)).containsOnly(1);
  }

  private void produce(int first, int count) {
    try (MpmcProducer producer = ring.producer()) {
      for (int number = first; number < first + count; number++) {
        long byteOffset = producer.claim(Long.BYTES);
        while (byteOffset == RingProducer.FULL) {
          InThreads.letOthersRun();
          byteOffset = producer.claim(Long.BYTES);
        }
        producer.segment().set(ValueLayout.JAVA_LONG, byteOffset, number);
        producer.commit();
      }
    }
  }

  /** Until all have been seen; each consumer sees what one producer wrote in its order. */
  private void consumeInOrder(AtomicIntegerArray seen, int producers, int count) {
    int[] last = new int[producers];
    RecordHandler check =
        (memory, byteOffset, byteSize) -> {
          int number = (int) memory.get(ValueLayout.JAVA_LONG, byteOffset);
          seen.incrementAndGet(number);
          if (last[number / count] > number) {
            throw new AssertionError("number=" + number + " last=" + last[number / count]);
          }
          last[number / count] = number;
        };
    try (MpmcConsumer consumer = ring.consumer()) {
      while (!isComplete(seen)) {
        if (consumer.drain(check, 3) == 0) {
          InThreads.letOthersRun();
        }
      }
    }
  }

  private static boolean isComplete(AtomicIntegerArray seen) {
    for (int i = seen.length() - 1; i >= 0; i--) {
      if (seen.get(i) == 0) {
        return false;
      }
    }
    return true;
  }

  @ParameterizedTest
  @ValueSource(ints = {57, 64, Integer.MAX_VALUE})
  void record_largerThanItsCell_isReportedAndItsCellIsFree(int byteSize) {
    MpmcProducer producer = ring.producer();
    for (int i = 0; i < CELLS; i++) {
      producer.offer(Texts.bytes("x"));
    }
    put(RingLayout.DATA_OFFSET, CellStamp.of(0, byteSize));
    MpmcConsumer consumer = ring.consumer();

    assertThatExceptionOfType(RingCorruptedException.class)
        .isThrownBy(consumer::peek)
        .withMessageContainingAll("byteSize=" + byteSize, "position=0");

    assertThat(Texts.drain(consumer, 10)).hasSize(CELLS - 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, -3, -5, -100, Integer.MIN_VALUE})
  void cell_ofAnEarlierTurnThanAnyBefore_isReported(long turn) {
    long stamp = CellStamp.of(turn, 8);
    put(RingLayout.DATA_OFFSET, stamp);

    assertThatExceptionOfType(RingCorruptedException.class)
        .isThrownBy(() -> ring.consumer().peek())
        .withMessageContaining("stamp=" + Long.toHexString(stamp));
    assertThatExceptionOfType(RingCorruptedException.class)
        .isThrownBy(() -> ring.producer().claim(8));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 4, 100, Integer.MAX_VALUE})
  void cell_ofALaterTurnThanAnyYet_isReportedToConsumers(long turn) {
    put(RingLayout.DATA_OFFSET, CellStamp.of(turn, 8));

    assertThatExceptionOfType(RingCorruptedException.class)
        .isThrownBy(() -> ring.consumer().peek());
  }

  @Test
  void producer_thatComesLongAfterOthers_findsTheFirstFreeCell() {
    MpmcProducer early = ring.producer();
    MpmcConsumer consumer = ring.consumer();
    for (int i = 0; i < 3 * CELLS + 1; i++) {
      ring.producer().offer(Texts.bytes("before"));
      Texts.drain(consumer, 1);
    }
    put(RingLayout.TAIL_OFFSET, 0);

    assertThat(early.offer(Texts.bytes("first"))).isTrue();
    assertThat(ring.producer().offer(Texts.bytes("second"))).isTrue();

    assertThat(Texts.drain(consumer, 10)).containsExactly("first", "second");
  }

  @Test
  void positions_beyondTheirLowerHalf_goOnAsBefore() {
    long begin = (1L << 32) - 2;
    put(RingLayout.TAIL_OFFSET, begin);
    put(RingLayout.HEAD_OFFSET, begin);
    for (long position = begin; position < begin + CELLS; position++) {
      long cell = RingLayout.DATA_OFFSET + position % CELLS * 64;
      put(cell, CellStamp.of(position, CellStamp.FREE));
    }
    MpmcProducer producer = ring.producer();
    MpmcConsumer consumer = ring.consumer();

    for (int lap = 0; lap < 3; lap++) {
      for (int i = 0; i < CELLS; i++) {
        assertThat(producer.offer(Texts.bytes("lap " + lap))).isTrue();
      }
      assertThat(producer.offer(Texts.bytes("no room"))).isFalse();
      assertThat(ring.fillCount()).isEqualTo(CELLS);
      assertThat(Texts.drain(consumer, 10)).hasSize(CELLS).containsOnly("lap " + lap);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "8, 1",
    "16, 0",
    "16, 192",
    "16, 512",
    "16, -64",
    "24, 1",
    "32, 0",
    "32, 2000",
    "32, -1",
    "40, 0",
    "40, 63",
    "40, 256",
    "40, -64"
  })
  void attach_toImpossibleRing_isRefused(long byteOffset, long value) {
    put(byteOffset, value);

    assertThatExceptionOfType(RingCorruptedException.class).isThrownBy(() -> MpmcRing.attach(slab));
  }

  @Test
  void ring_ofRandomBytes_neverLeadsOutOfTheSlab() {
    long seed = Long.getLong("aeon.seed", 20261121L);
    Random random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      MpmcRing victim = MpmcRing.create(slab, CELLS, PAYLOAD_BYTES);
      scribble(random);
      Throwable read = catchThrowable(() -> victim.consumer().drain(this::requireInside, 100));
      Throwable wrote = catchThrowable(() -> victim.producer().offer(Texts.bytes("x")));
      victim.recover(owner -> false, this::requireInside);
      for (Throwable thrown : new Throwable[] {read, wrote}) {
        assertThat(thrown == null || thrown instanceof RingCorruptedException)
            .as("seed=%d round=%d thrown=%s", seed, round, thrown)
            .isTrue();
      }
    }
  }

  private void requireInside(MemorySegment memory, long byteOffset, int byteSize) {
    if (byteSize < 0 || byteOffset < 0 || byteOffset + byteSize > memory.byteSize()) {
      throw new AssertionError("byteOffset=" + byteOffset + " byteSize=" + byteSize);
    }
  }

  private void scribble(Random random) {
    put(RingLayout.TAIL_OFFSET, random.nextInt(8));
    put(RingLayout.HEAD_OFFSET, random.nextInt(8));
    for (int cell = 0; cell < CELLS; cell++) {
      long cellOffset = RingLayout.DATA_OFFSET + cell * 64L;
      int state = random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(-4, 64);
      put(cellOffset, CellStamp.of(random.nextInt(-1, 12), state));
    }
  }

  private void kill(MpmcEndpoint end) {
    put(end.slot.byteOffset() + RingLayout.SLOT_OWNER_OFFSET, DEAD);
  }

  private void put(long byteOffset, long value) {
    slab.segment().set(ValueLayout.JAVA_LONG, byteOffset, value);
  }
}
