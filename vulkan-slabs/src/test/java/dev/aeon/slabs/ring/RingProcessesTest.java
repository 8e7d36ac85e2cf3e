package dev.aeon.slabs.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rings between processes, some of which are killed at random points. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RingProcessesTest {
  private static final int LIVES = 2;
  private static final int CELLS = 64;

  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final Random random = new Random(Long.getLong("aeon.seed", System.nanoTime()));

  @AfterEach
  void closeDevice() {
    device.close();
  }

  @Test
  void records_fromAnotherProcess_arriveOnceInOrderAndWhole() throws Exception {
    Slab slab = shared(SpscRing.slabByteSize(1 << 14));
    SpscRing ring = SpscRing.create(slab);
    int count = 200_000;
    Process producer = RingChild.start("spsc-producer", slab.ticket(), 0, count);

    assertThat(drainUntil(ring.consumer(), 0, count, producer)).isEqualTo(count);

    assertThat(producer.waitFor()).isZero();
    assertThat(ring.consumer().peek()).isEqualTo(RingConsumer.EMPTY);
  }

  @Test
  void producer_killedAtRandom_leavesOnlyWholeRecordsAndAnotherGoesOn() throws Exception {
    Slab slab = shared(SpscRing.slabByteSize(1 << 12));
    SpscConsumer consumer = SpscRing.create(slab).consumer();
    long next = 0;
    for (int life = 0; life < LIVES; life++) {
      Process producer = RingChild.start("spsc-producer", slab.ticket(), next, Long.MAX_VALUE);
      next = drainUntil(consumer, next, next + 1 + random.nextInt(50_000), producer);
      producer.destroyForcibly().waitFor();
      next = drainRest(consumer, next);
    }

    assertThat(next).isGreaterThan(LIVES - 1);
  }

  @Test
  void consumer_killedAtRandom_leavesWhatItHadNotReleasedToAnother() throws Exception {
    Slab slab = shared(SpscRing.slabByteSize(1 << 12));
    SpscProducer producer = SpscRing.create(slab).producer();
    Slab toldSlab = shared(SpscRing.slabByteSize(1 << 20));
    SpscConsumer told = SpscRing.create(toldSlab).consumer();
    long number = 0;
    long next = 0;
    for (int life = 0; life < LIVES; life++) {
      Process consumer = RingChild.start("spsc-consumer", slab.ticket(), toldSlab.ticket());
      long end = next + 1 + random.nextInt(20_000);
      while (next < end) {
        number += offer(producer, number) ? 1 : 0;
        next = drainAgain(told, next);
      }
      consumer.destroyForcibly().waitFor();
      next = drainAgain(told, next);
    }
    SpscConsumer last = SpscRing.attach(slab).consumer();
    next = drainAgain(last, next);

    assertThat(next).isEqualTo(number);
  }

  @Test
  void replicatedWriter_killedAtRandom_isSucceededAndEitherCopyHoldsAll() throws Exception {
    List<Slab> copies = replicated(1 << 12);
    long next = 0;
    for (int life = 0; life < LIVES; life++) {
      ReplicatedConsumer consumer = ReplicatedRing.consumer(segments(copies));
      Process producer =
          RingChild.start(
              "replicated-producer", copies.get(0).ticket(), copies.get(1).ticket(), next);
      next = drainUntil(consumer, next, next + 1 + random.nextInt(20_000), producer);
      producer.destroyForcibly().waitFor();
      // Equal again, as a successor makes them: then either one alone will do.
      ReplicatedRing.producer(segments(copies));
      consumer.drop(copies.get(life % 2).segment());
      next = drainRest(consumer, next);
      copies = replicated(1 << 12);
    }

    assertThat(next).isGreaterThan(LIVES - 1);
  }

  @Test
  void replicatedReader_killedAtRandom_leavesWhatItHadNotReleasedToAnother() throws Exception {
    List<Slab> copies = replicated(1 << 12);
    ReplicatedProducer producer = ReplicatedRing.producer(segments(copies));
    Slab toldSlab = shared(SpscRing.slabByteSize(1 << 20));
    SpscConsumer told = SpscRing.create(toldSlab).consumer();
    long number = 0;
    long next = 0;
    for (int life = 0; life < LIVES; life++) {
      Process consumer =
          RingChild.start(
              "replicated-consumer",
              copies.get(0).ticket(),
              copies.get(1).ticket(),
              toldSlab.ticket());
      long end = next + 1 + random.nextInt(20_000);
      while (next < end) {
        number += offer(producer, number) ? 1 : 0;
        next = drainAgain(told, next);
      }
      consumer.destroyForcibly().waitFor();
      next = drainAgain(told, next);
    }

    assertThat(drainAgain(ReplicatedRing.consumer(segments(copies)), next)).isEqualTo(number);
  }

  private List<Slab> replicated(long capacity) {
    List<Slab> slabs =
        List.of(shared(SpscRing.slabByteSize(capacity)), shared(SpscRing.slabByteSize(capacity)));
    ReplicatedRing.create(segments(slabs));
    return slabs;
  }

  private static List<MemorySegment> segments(List<Slab> slabs) {
    return slabs.stream().map(Slab::segment).toList();
  }

  /** Numbers without a gap; of each life the last that was told may come once more. */
  private static long drainAgain(RingConsumer consumer, long first) {
    long[] next = {first};
    consumer.drain(
        (memory, byteOffset, byteSize) -> {
          long number = CheckedRecord.check(memory, byteOffset, byteSize);
          if (number != next[0] && number != next[0] - 1) {
            throw new AssertionError("number=" + number + " expected=" + next[0]);
          }
          next[0] = number + 1;
        },
        Integer.MAX_VALUE);
    return next[0];
  }

  @Test
  void mpmcProducers_killedAtRandom_holdNobodyUp() throws Exception {
    Slab slab = shared(MpmcRing.slabByteSize(CELLS, CheckedRecord.MAX_BYTES));
    MpmcRing ring = MpmcRing.create(slab, CELLS, CheckedRecord.MAX_BYTES);
    MpmcConsumer consumer = ring.consumer();
    Map<Long, Long> next = new HashMap<>();
    RecordHandler inOrder =
        (memory, byteOffset, byteSize) ->
            requireNext(
                next,
                CheckedRecord.writer(memory, byteOffset),
                CheckedRecord.check(memory, byteOffset, byteSize));
    Process lasting = RingChild.start("mpmc-producer", slab.ticket(), 1000);
    try {
      for (long life = 0; life < LIVES; life++) {
        Process killed = RingChild.start("mpmc-producer", slab.ticket(), life);
        drainUntilSeen(consumer, inOrder, next, life, 1 + random.nextInt(20_000));
        killed.destroyForcibly().waitFor();
        ring.recover(RingOwner::isAlive, inOrder);
        long seen = next.getOrDefault(1000L, 0L);
        drainUntilSeen(consumer, inOrder, next, 1000, seen + 2 * CELLS);
      }
    } finally {
      lasting.destroyForcibly().waitFor();
    }

    assertThat(next).hasSize(LIVES + 1);
  }

  @Test
  void mpmcConsumer_killedAtRandom_losesNoRecord() throws Exception {
    Slab slab = shared(MpmcRing.slabByteSize(CELLS, CheckedRecord.MAX_BYTES));
    MpmcRing ring = MpmcRing.create(slab, CELLS, CheckedRecord.MAX_BYTES);
    Slab toldSlab = shared(SpscRing.slabByteSize(1 << 20));
    SpscConsumer told = SpscRing.create(toldSlab).consumer();
    TreeSet<Long> seen = new TreeSet<>();
    RecordHandler remember =
        (memory, byteOffset, byteSize) ->
            seen.add(CheckedRecord.check(memory, byteOffset, byteSize));
    Process consumer = RingChild.start("mpmc-consumer", slab.ticket(), toldSlab.ticket());
    MpmcProducer producer = ring.producer();
    long count = 5_000L + random.nextInt(5_000);
    for (long number = 0; number < count; ) {
      if (offer(producer, number)) {
        number++;
      }
      told.drain(remember, 1_000);
    }
    consumer.destroyForcibly().waitFor();
    told.drain(remember, Integer.MAX_VALUE);

    ring.recover(RingOwner::isAlive, remember);
    ring.consumer().drain(remember, Integer.MAX_VALUE);

    assertThat(seen).hasSize((int) count).last().isEqualTo(count - 1);
    assertThat(offer(producer, count)).isTrue();
  }

  @Test
  void subscriber_killed_isEvictedAndAnotherReadsOn() throws Exception {
    Slab slab = shared(BroadcastRing.slabByteSize(1 << 12, 4));
    BroadcastRing ring = BroadcastRing.create(slab, 4);
    Process killed = RingChild.start("subscriber", slab.ticket(), Long.MAX_VALUE);
    Process lasting = RingChild.start("subscriber", slab.ticket(), 20_000);
    while (ring.subscriberCount() < 2) {
      InThreads.letOthersRun();
    }
    long number = 0;
    for (; number < 1_000; number++) {
      RingChild.produce(ring.producer(), 1, number, number + 1);
    }
    killed.destroyForcibly().waitFor();

    while (lasting.isAlive()) {
      if (offer(ring.producer(), number)) {
        number++;
      } else {
        ring.evict(RingOwner::isAlive);
      }
    }

    assertThat(lasting.waitFor()).isZero();
    assertThat(number).isGreaterThanOrEqualTo(20_000);
  }

  private static boolean offer(RingProducer producer, long number) {
    long byteOffset = producer.claim(CheckedRecord.byteSizeOf(number));
    if (byteOffset == RingProducer.FULL) {
      InThreads.letOthersRun();
      return false;
    }
    CheckedRecord.write(producer.segment(), byteOffset, 1, number);
    producer.commit();
    return true;
  }

  private static long drainUntil(RingConsumer consumer, long first, long end, Process producer) {
    long next = first;
    while (next < end) {
      long before = next;
      next = drainRest(consumer, next);
      if (next == before) {
        assertThat(producer.isAlive() || consumer.hasRecord()).as("next=" + next).isTrue();
        InThreads.letOthersRun();
      }
    }
    return next;
  }

  private static long drainRest(RingConsumer consumer, long first) {
    long[] next = {first};
    consumer.drain(
        (memory, byteOffset, byteSize) -> {
          long number = CheckedRecord.check(memory, byteOffset, byteSize);
          if (number != next[0]++) {
            throw new AssertionError("number=" + number + " expected=" + (next[0] - 1));
          }
        },
        Integer.MAX_VALUE);
    return next[0];
  }

  private static void requireNext(Map<Long, Long> next, long writer, long number) {
    Long expected = next.getOrDefault(writer, 0L);
    if (number != expected) {
      throw new AssertionError(
          "writer=%d number=%d expected=%d".formatted(writer, number, expected));
    }
    next.put(writer, number + 1);
  }

  private static void drainUntilSeen(
      MpmcConsumer consumer, RecordHandler handler, Map<Long, Long> next, long writer, long count) {
    while (next.getOrDefault(writer, 0L) < count) {
      if (consumer.drain(handler, 64) == 0) {
        InThreads.letOthersRun();
      }
    }
  }

  private Slab shared(long byteSize) {
    return device.allocateShared("aeon-ring-test", byteSize);
  }
}
