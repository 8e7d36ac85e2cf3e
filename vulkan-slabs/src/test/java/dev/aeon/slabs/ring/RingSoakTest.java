package dev.aeon.slabs.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Every ring at full speed for a while, with a checksum on every record. {@code aeon.soak.seconds}
 * says for how long in all; {@code scripts/soak psyne} asks for ten minutes.
 */
class RingSoakTest {
  private static final long SECONDS = Long.getLong("aeon.soak.seconds", 2);
  private static final int RINGS = 5;
  private static final long EACH_NANOS = TimeUnit.SECONDS.toNanos(SECONDS) / RINGS;
  private static final long CAPACITY = 1 << 16;

  private final AtomicBoolean stopping = new AtomicBoolean();
  private final AtomicInteger writers = new AtomicInteger();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong read = new AtomicLong();

  @Test
  void spscRing_atFullSpeed_losesAndChangesNothing() throws Exception {
    try (SlabDevice device = SlabDevice.open(DevicePreference.HOST)) {
      SpscRing ring = SpscRing.create(device.allocate(SpscRing.slabByteSize(CAPACITY)));
      InThreads work = new InThreads();
      addWriter(work, ring.producer());
      work.add(() -> readInOrder(ring.consumer()));
      soak(work, "spsc");
    }
    assertThat(read.get()).isEqualTo(written.get()).isPositive();
  }

  @Test
  void mpmcRing_atFullSpeed_losesAndChangesNothing() throws Exception {
    try (SlabDevice device = SlabDevice.open(DevicePreference.HOST)) {
      Slab slab = device.allocate(MpmcRing.slabByteSize(1024, CheckedRecord.MAX_BYTES));
      MpmcRing ring = MpmcRing.create(slab, 1024, CheckedRecord.MAX_BYTES);
      InThreads work = new InThreads();
      addWriter(work, ring.producer());
      addWriter(work, ring.producer());
      work.add(() -> readAny(ring.consumer()));
      work.add(() -> readAny(ring.consumer()));
      soak(work, "mpmc");
    }
    assertThat(read.get()).isEqualTo(written.get()).isPositive();
  }

  @Test
  void broadcastRing_atFullSpeed_losesAndChangesNothing() throws Exception {
    try (SlabDevice device = SlabDevice.open(DevicePreference.HOST)) {
      BroadcastRing ring =
          BroadcastRing.create(device.allocate(BroadcastRing.slabByteSize(CAPACITY, 2)), 2);
      BroadcastConsumer one = ring.subscribe();
      BroadcastConsumer other = ring.subscribe();
      InThreads work = new InThreads();
      addWriter(work, ring.producer());
      work.add(() -> readInOrder(one));
      work.add(() -> readInOrder(other));
      soak(work, "broadcast");
    }
    assertThat(read.get()).isEqualTo(2 * written.get()).isPositive();
  }

  @Test
  void replicatedRing_atFullSpeed_losesAndChangesNothing() throws Exception {
    try (SlabDevice device = SlabDevice.open(DevicePreference.HOST)) {
      long byteSize = SpscRing.slabByteSize(CAPACITY);
      List<MemorySegment> copies =
          List.of(device.allocate(byteSize).segment(), device.allocate(byteSize).segment());
      ReplicatedRing.create(copies);
      InThreads work = new InThreads();
      addWriter(work, ReplicatedRing.producer(copies));
      work.add(() -> readInOrder(ReplicatedRing.consumer(copies)));
      soak(work, "replicated");
    }
    assertThat(read.get()).isEqualTo(written.get()).isPositive();
  }

  @Test
  void spscRing_fromAnotherProcess_losesAndChangesNothing() throws Exception {
    try (SlabDevice device = SlabDevice.open(DevicePreference.HOST)) {
      Slab slab = device.allocateShared("aeon-ring-soak", SpscRing.slabByteSize(CAPACITY));
      SpscConsumer consumer = SpscRing.create(slab).consumer();
      Process producer = RingChild.start("spsc-producer", slab.ticket(), 0, Long.MAX_VALUE);
      consumer.await(Waiting.parking(Duration.ofMillis(1)), TimeUnit.MINUTES.toNanos(1));
      Thread killing = Thread.ofPlatform().daemon().start(() -> killInTime(producer));
      try {
        readInOrder(consumer);
      } finally {
        killing.join();
      }
      report("spsc between processes");
    }
    assertThat(read.get()).isPositive();
  }

  private void soak(InThreads work, String ring) throws Exception {
    Thread.ofPlatform().daemon().start(this::stopInTime);
    work.join(EACH_NANOS + TimeUnit.MINUTES.toNanos(1));
    report(ring);
  }

  private void killInTime(Process producer) {
    stopInTime();
    producer.destroyForcibly();
  }

  private void stopInTime() {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < EACH_NANOS) {
      InThreads.letOthersRun();
    }
    stopping.set(true);
  }

  private void report(String ring) {
    System.out.printf("soak: %s ring, %,d records read and checked, 0 errors%n", ring, read.get());
  }

  private void addWriter(InThreads work, RingProducer producer) {
    writers.incrementAndGet();
    work.add(() -> write(producer));
  }

  private void write(RingProducer producer) {
    long number = 0;
    while (!stopping.get()) {
      int byteSize = CheckedRecord.byteSizeOf(number);
      long byteOffset = producer.claim(byteSize);
      if (byteOffset == RingProducer.FULL) {
        Thread.onSpinWait();
        continue;
      }
      CheckedRecord.write(producer.segment(), byteOffset, 1, number++);
      finish(producer, number);
    }
    producer.publish();
    written.addAndGet(number);
    writers.decrementAndGet();
  }

  private static void finish(RingProducer producer, long number) {
    if (number % 16 == 0) {
      producer.commit();
    } else {
      producer.stage();
    }
  }

  private void readInOrder(RingConsumer consumer) {
    long[] next = {0};
    drainUntilStopped(
        consumer,
        (memory, byteOffset, byteSize) -> {
          long number = CheckedRecord.check(memory, byteOffset, byteSize);
          if (number != next[0]++) {
            throw new AssertionError("number=" + number + " expected=" + (next[0] - 1));
          }
        });
  }

  private void readAny(RingConsumer consumer) {
    drainUntilStopped(consumer, CheckedRecord::check);
  }

  /** After the end it reads until nothing more comes. */
  private void drainUntilStopped(RingConsumer consumer, RecordHandler check) {
    long count = 0;
    boolean finished = false;
    while (!finished) {
      boolean last = stopping.get() && !isBeingWritten();
      int drained = consumer.drain(check, 256);
      count += drained;
      if (drained == 0) {
        finished = last;
        InThreads.letOthersRun();
      }
    }
    read.addAndGet(count);
  }

  private boolean isBeingWritten() {
    return writers.get() > 0;
  }
}
