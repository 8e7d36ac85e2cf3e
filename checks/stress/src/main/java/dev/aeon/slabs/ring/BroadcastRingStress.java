package dev.aeon.slabs.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/** What a producer and its subscribers may see of each other: four records of a word. */
final class BroadcastRingStress {
  private static final long CAPACITY = 64;
  private static final int RECORDS = 4;
  private static final long NOTHING = 0;
  private static final long EVICTED = -2;

  private BroadcastRingStress() {}

  /** A full ring, written again once the slower of two has left a record. */
  @JCStressTest
  @Outcome(id = "1, 1, .*", expect = ACCEPTABLE, desc = "Both read what was there.")
  @Outcome(expect = FORBIDDEN, desc = "Overwritten under the slower one.")
  @State
  public static class Reuse {
    private final BroadcastRing ring = emptyRing();
    private final BroadcastConsumer one = ring.subscribe();
    private final BroadcastConsumer other = ring.subscribe();

    public Reuse() {
      for (int i = 0; i < RECORDS; i++) {
        write(ring, 1);
      }
    }

    /**
     * In one actor: a case of three is left out, without a word, where there are two processors.
     */
    @Actor
    public void consumeAndProduce(JJJ_Result seen) {
      seen.r1 = take(one);
      seen.r3 = write(ring, 2) ? 1 : 0;
    }

    @Actor
    public void consume(JJJ_Result seen) {
      seen.r2 = take(other);
    }
  }

  /** One that subscribes while the producer goes round: it reads a run of records without a gap. */
  @JCStressTest
  @Outcome(
      id = {"0, 0, 0", "[1-6], 0, 0"},
      expect = ACCEPTABLE,
      desc = "Subscribed after the last, or before it.")
  @Outcome(
      id = {"1, 2, 0", "2, 3, 0", "3, 4, 0", "4, 5, 0", "5, 6, 0"},
      expect = ACCEPTABLE,
      desc = "Subscribed before the last two.")
  @Outcome(
      id = {"1, 2, 3", "2, 3, 4", "3, 4, 5", "4, 5, 6"},
      expect = ACCEPTABLE,
      desc = "Subscribed earlier.")
  @Outcome(expect = FORBIDDEN, desc = "Records that were overwritten before they were read.")
  @State
  public static class Joining {
    private final BroadcastRing ring = emptyRing();
    private volatile BroadcastConsumer late = ring.subscribe();

    public Joining() {
      late.close();
    }

    @Actor
    public void produce() {
      int value = 1;
      while (value <= RECORDS + 2 && write(ring, value)) {
        value++;
      }
    }

    @Actor
    public void subscribe() {
      late = ring.subscribe();
    }

    @Arbiter
    public void read(JJJ_Result seen) {
      seen.r1 = take(late);
      seen.r2 = take(late);
      seen.r3 = take(late);
    }
  }

  /** A subscriber that is evicted while it reads: what it got to keep is whole. */
  @JCStressTest
  @Outcome(id = "1, .*, .*", expect = ACCEPTABLE, desc = "Read before it was overtaken.")
  @Outcome(id = "-2, .*, .*", expect = ACCEPTABLE, desc = "Told that it was evicted.")
  @Outcome(expect = FORBIDDEN, desc = "Given an overwritten record as its own.")
  @State
  public static class Eviction {
    private final BroadcastRing ring = emptyRing();
    private final BroadcastConsumer slow = ring.subscribe();

    public Eviction() {
      for (int i = 0; i < RECORDS; i++) {
        write(ring, 1);
      }
    }

    @Actor
    public void produce(JJJ_Result seen) {
      seen.r2 = ring.evictSlowest() ? 1 : 0;
      seen.r3 = write(ring, 2) ? 1 : 0;
    }

    @Actor
    public void consume(JJJ_Result seen) {
      seen.r1 = take(slow);
    }
  }

  private static BroadcastRing emptyRing() {
    long[] words = new long[(int) (BroadcastRing.slabByteSize(CAPACITY, 2) / Long.BYTES)];
    return BroadcastRing.create(MemorySegment.ofArray(words), 2);
  }

  private static boolean write(BroadcastRing ring, long value) {
    BroadcastProducer producer = ring.producer();
    long byteOffset = producer.claim(Long.BYTES);
    if (byteOffset == RingProducer.FULL) {
      return false;
    }
    producer.segment().set(ValueLayout.JAVA_LONG, byteOffset, value);
    producer.commit();
    return true;
  }

  private static long take(BroadcastConsumer consumer) {
    try {
      long byteOffset = consumer.peek();
      if (byteOffset == RingConsumer.EMPTY) {
        return NOTHING;
      }
      long value = consumer.segment().get(ValueLayout.JAVA_LONG, byteOffset);
      consumer.release();
      return value;
    } catch (SubscriberEvictedException evicted) {
      return EVICTED;
    }
  }
}
