package dev.aeon.slabs.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BroadcastRingTest {
  private static final long CAPACITY = 256;
  private static final int SUBSCRIBERS = 3;
  private static final long DEAD = 12345;

  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final Slab slab = device.allocate(BroadcastRing.slabByteSize(CAPACITY, SUBSCRIBERS));
  private final BroadcastRing ring = BroadcastRing.create(slab, SUBSCRIBERS);
  private final BroadcastProducer producer = ring.producer();

  @AfterEach
  void closeDevice() {
    device.close();
  }

  @Test
  void record_published_reachesEverySubscriber() {
    BroadcastConsumer first = ring.subscribe();
    BroadcastConsumer second = BroadcastRing.attach(slab).subscribe();

    producer.offer(Texts.bytes("news"));

    assertThat(Texts.drain(first, 10)).containsExactly("news");
    assertThat(Texts.drain(second, 10)).containsExactly("news");
    assertThat(ring.subscriberCount()).isEqualTo(2);
  }

  @Test
  void subscriber_joiningLate_readsFromThereOn() {
    producer.offer(Texts.bytes("before"));
    BroadcastConsumer late = ring.subscribe();
    producer.offer(Texts.bytes("after"));

    assertThat(Texts.drain(late, 10)).containsExactly("after");
  }

  @Test
  void records_withoutSubscribers_areDroppedAndNeverFillTheRing() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(producer.offer(Texts.bytes("nobody hears"))).isTrue();
    }
    BroadcastConsumer subscriber = ring.subscribe();

    assertThat(subscriber.peek()).isEqualTo(RingConsumer.EMPTY);
    producer.offer(Texts.bytes("heard"));
    assertThat(Texts.drain(subscriber, 10)).containsExactly("heard");
  }

  @Test
  void producer_withOneSlowSubscriber_waitsForIt() {
    BroadcastConsumer quick = ring.subscribe();
    BroadcastConsumer slow = ring.subscribe();
    int count = fill();
    assertThat(Texts.drain(quick, 100)).hasSize(count);

    assertThat(producer.offer(Texts.bytes("no room"))).isFalse();
    assertThat(Texts.drain(slow, 100)).hasSize(count);

    assertThat(producer.offer(Texts.bytes("room"))).isTrue();
  }

  @Test
  void subscriber_closed_holdsNobodyUp() {
    BroadcastConsumer leaving = ring.subscribe();
    fill();

    leaving.close();

    assertThat(producer.offer(Texts.bytes("room"))).isTrue();
    assertThat(ring.subscriberCount()).isZero();
    assertThatIllegalStateException().isThrownBy(leaving::peek);
  }

  @Test
  void slowestSubscriber_evicted_holdsNobodyUpAndIsTold() {
    BroadcastConsumer quick = ring.subscribe();
    BroadcastConsumer slow = ring.subscribe();
    fill();
    Texts.drain(quick, 100);
    slow.peek();

    assertThat(ring.evictSlowest()).isTrue();

    assertThat(producer.offer(Texts.bytes("news"))).isTrue();
    assertThat(slow.isEvicted()).isTrue();
    assertThatExceptionOfType(SubscriberEvictedException.class).isThrownBy(slow::release);
    assertThatExceptionOfType(SubscriberEvictedException.class)
        .isThrownBy(slow::peek)
        .satisfies(e -> assertThat(e.position()).isZero());
    assertThat(Texts.drain(quick, 10)).containsExactly("news");
    assertThat(ring.evictSlowest()).isFalse();
  }

  @Test
  void subscriberEvictedAndOvertaken_isToldSoAndNotOfCorruption() {
    BroadcastConsumer slow = ring.subscribe();
    producer.offer(Texts.bytes("overwritten"));
    ring.evictSlowest();
    for (int i = 0; i < 100; i++) {
      producer.offer(Texts.bytes("news"));
    }

    assertThatExceptionOfType(SubscriberEvictedException.class)
        .isThrownBy(() -> Texts.drain(slow, 10));
  }

  @Test
  void subscriber_thatDied_isEvictedByItsProcess() {
    ring.subscribe();
    long slot = RingHeader.slotsOffset(CAPACITY);
    slab.segment().set(ValueLayout.JAVA_LONG, slot + RingLayout.SLOT_OWNER_OFFSET, DEAD);
    fill();
    assertThat(ring.evict(RingOwner::isAlive)).isEqualTo(1);

    assertThat(producer.offer(Texts.bytes("room"))).isTrue();
    assertThat(ring.evict(RingOwner::isAlive)).isZero();
  }

  @Test
  void subscribers_asManyAsTheRingTakes_leaveNoPlace() {
    List<BroadcastConsumer> all = new ArrayList<>();
    for (int i = 0; i < SUBSCRIBERS; i++) {
      all.add(ring.subscribe());
    }

    assertThatIllegalStateException().isThrownBy(ring::subscribe);
    all.getLast().close();
    ring.subscribe().close();
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void records_toSubscribersInThreads_arriveOnceInOrder() {
    int count = 20_000;
    List<CompletableFuture<Long>> sums = new ArrayList<>();
    for (int i = 0; i < SUBSCRIBERS; i++) {
      BroadcastConsumer subscriber = ring.subscribe();
      sums.add(InThreads.supply(() -> sumInOrder(subscriber, count)));
    }
    for (long number = 0; number < count; number++) {
      long byteOffset = producer.claim(Long.BYTES);
      while (byteOffset == RingProducer.FULL) {
        InThreads.letOthersRun();
        byteOffset = producer.claim(Long.BYTES);
      }
      producer.segment().set(ValueLayout.JAVA_LONG, byteOffset, number);
      producer.commit();
    }

    assertThat(sums).allSatisfy(sum -> assertThat(sum.get(1, TimeUnit.MINUTES)).isEqualTo(count));
  }

  private static long sumInOrder(BroadcastConsumer subscriber, int count) {
    long[] expected = {0};
    while (expected[0] < count) {
      int drained =
          subscriber.drain(
              (memory, byteOffset, byteSize) -> {
                long found = memory.get(ValueLayout.JAVA_LONG, byteOffset);
                if (found != expected[0]++) {
                  throw new AssertionError("found=" + found + " expected=" + (expected[0] - 1));
                }
              },
              64);
      if (drained == 0) {
        InThreads.letOthersRun();
      }
    }
    return expected[0];
  }

  @Test
  void join_whileTheRingIsFullAndTheProducerLooks_isWaitedFor() {
    BroadcastConsumer first = ring.subscribe();
    fill();
    long slot = RingHeader.slotsOffset(CAPACITY) + RingLayout.SLOT_BYTES;
    slab.segment().set(ValueLayout.JAVA_LONG, slot + RingLayout.SLOT_POSITION_OFFSET, -1);
    slab.segment().set(ValueLayout.JAVA_LONG, slot + RingLayout.SLOT_STATE_OFFSET, RingSlot.READS);
    Texts.drain(first, 100);

    assertThat(producer.offer(Texts.bytes("who knows where it will begin"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {-8, 4, 264, Long.MIN_VALUE, Long.MAX_VALUE})
  void subscriber_ofImpossiblePosition_isReported(long position) {
    ring.subscribe();
    fill();
    long slot = RingHeader.slotsOffset(CAPACITY);
    slab.segment().set(ValueLayout.JAVA_LONG, slot + RingLayout.SLOT_POSITION_OFFSET, position);

    assertThatExceptionOfType(RingCorruptedException.class)
        .isThrownBy(() -> producer.claim(8))
        .withMessageContaining("head=" + position);
  }

  @ParameterizedTest
  @CsvSource({"24, 1", "32, 0", "32, 1025", "32, -1", "16, 100", "128, -8", "128, 4"})
  void attach_toImpossibleRing_isRefused(long byteOffset, long value) {
    slab.segment().set(ValueLayout.JAVA_LONG, byteOffset, value);

    assertThatExceptionOfType(RingCorruptedException.class)
        .isThrownBy(() -> BroadcastRing.attach(slab));
  }

  @Test
  void ring_forImpossibleSubscribers_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> BroadcastRing.slabByteSize(256, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> BroadcastRing.slabByteSize(256, 1025));
    assertThatIllegalArgumentException().isThrownBy(() -> BroadcastRing.slabByteSize(100, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> BroadcastRing.create(slab, 1024));
  }

  private int fill() {
    int count = 0;
    while (producer.claim(8) != RingProducer.FULL) {
      producer.commit();
      count++;
    }
    return count;
  }
}
