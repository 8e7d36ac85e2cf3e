package dev.aeon.slabs.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;

/** Does the same at random to a ring and to a plain queue, and compares. */
final class QueueModel {
  private final RingProducer producer;
  private final RingConsumer consumer;
  private final long seed;
  private final Random random;

  /** What the ring holds. */
  private final Queue<List<Byte>> held = new ArrayDeque<>();

  /** How many of those a reader must see; it may see staged ones as well. */
  private int certainCount;

  private int step;

  QueueModel(RingProducer producer, RingConsumer consumer, long seed) {
    this.producer = producer;
    this.consumer = consumer;
    this.seed = seed;
    this.random = new Random(seed);
  }

  void run(int steps) {
    for (step = 0; step < steps; step++) {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> write();
        case 3 -> publish();
        case 4 -> abort();
        case 5, 6 -> takeOne();
        default -> drainSome();
      }
    }
    publish();
    while (!held.isEmpty()) {
      takeOne();
    }
    assertThat(consumer.peek()).as(where()).isEqualTo(RingConsumer.EMPTY);
  }

  private void write() {
    byte[] content = new byte[random.nextInt(RingContract.PAYLOAD_BYTES + 1)];
    random.nextBytes(content);
    long byteOffset = claim(content.length);
    if (byteOffset == RingProducer.FULL) {
      return;
    }
    for (int at = 0; at < content.length; at++) {
      producer.segment().set(ValueLayout.JAVA_BYTE, byteOffset + at, content[at]);
    }
    held.add(listOf(content));
    if (random.nextBoolean()) {
      producer.stage();
    } else {
      producer.commit();
      showStaged();
    }
  }

  private void abort() {
    if (claim(random.nextInt(RingContract.PAYLOAD_BYTES + 1)) != RingProducer.FULL) {
      producer.abort();
    }
  }

  /**
   * A claim that finds no room shows what is staged, and only a ring that holds records is full.
   */
  private long claim(int byteSize) {
    boolean room = producer.hasRoom(byteSize);
    long byteOffset = producer.claim(byteSize);
    assertThat(byteOffset != RingProducer.FULL).as(where()).isEqualTo(room);
    if (byteOffset == RingProducer.FULL) {
      showStaged();
      // A cell that was aborted is room again only once a consumer has passed it.
      if (held.isEmpty()) {
        assertThat(consumer.peek()).as(where()).isEqualTo(RingConsumer.EMPTY);
        assertThat(producer.hasRoom(byteSize)).as(where()).isTrue();
      }
    }
    return byteOffset;
  }

  private void publish() {
    producer.publish();
    showStaged();
  }

  private void showStaged() {
    certainCount = held.size();
  }

  private void takeOne() {
    long byteOffset = consumer.peek();
    if (byteOffset == RingConsumer.EMPTY) {
      assertThat(certainCount).as(where()).isZero();
      return;
    }
    requireNext(byteOffset, consumer.peekedByteSize());
    consumer.release();
  }

  private void drainSome() {
    consumer.drain(
        (memory, byteOffset, byteSize) -> requireNext(byteOffset, byteSize), 1 + random.nextInt(4));
  }

  private void requireNext(long byteOffset, int byteSize) {
    certainCount = Math.max(0, certainCount - 1);
    byte[] found = consumer.segment().asSlice(byteOffset, byteSize).toArray(ValueLayout.JAVA_BYTE);
    assertThat(listOf(found)).as(where()).isEqualTo(held.poll());
  }

  private String where() {
    return "seed=" + seed + " step=" + step;
  }

  private static List<Byte> listOf(byte[] bytes) {
    List<Byte> list = new ArrayList<>(bytes.length);
    for (byte each : bytes) {
      list.add(each);
    }
    return list;
  }
}
