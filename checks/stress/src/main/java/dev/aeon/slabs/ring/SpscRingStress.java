package dev.aeon.slabs.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * What the two ends of a ring may see of each other, on the smallest ring: four records of a word.
 */
final class SpscRingStress {
  private static final long CAPACITY = 64;
  private static final int RECORDS = 4;
  private static final long NOTHING = 0;
  private static final long STALE = -1;

  private SpscRingStress() {}

  /** A record that became visible before what was written into it. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Not yet committed.")
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Both records, whole and in order.")
  @Outcome(
      id = {"-1, .*", ".*, -1"},
      expect = FORBIDDEN,
      desc = "A payload of the lap before.")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "Half of what was published at once.")
  @Outcome(expect = FORBIDDEN, desc = "Records that nobody wrote.")
  @State
  public static class Publication {
    private final SpscRing ring = ringAfterOneLap();

    @Actor
    public void produce() {
      stage(ring.producer(), 1);
      stage(ring.producer(), 2);
      ring.producer().publish();
    }

    @Actor
    public void consume(JJ_Result seen) {
      seen.r1 = take(ring.consumer());
      seen.r2 = seen.r1 == NOTHING ? NOTHING : take(ring.consumer());
    }
  }

  /** Space that was written again before its reader had left it. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The ring was still full.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Written after the release.")
  @Outcome(id = "2, .*", expect = FORBIDDEN, desc = "Overwritten while it was being read.")
  @Outcome(expect = FORBIDDEN, desc = "Records that nobody wrote.")
  @State
  public static class Reuse {
    private final SpscRing ring = fullRing();

    @Actor
    public void produce(JJ_Result seen) {
      seen.r2 = stage(ring.producer(), 2) ? 1 : 0;
      ring.producer().publish();
    }

    @Actor
    public void consume(JJ_Result seen) {
      seen.r1 = take(ring.consumer());
    }
  }

  private static SpscRing ringAfterOneLap() {
    SpscRing ring = emptyRing();
    for (int i = 0; i < RECORDS; i++) {
      stage(ring.producer(), STALE);
      ring.producer().publish();
      take(ring.consumer());
    }
    return ring;
  }

  private static SpscRing fullRing() {
    SpscRing ring = emptyRing();
    for (int i = 0; i < RECORDS; i++) {
      stage(ring.producer(), 1);
    }
    ring.producer().publish();
    return ring;
  }

  private static SpscRing emptyRing() {
    long[] words = new long[(int) SpscRing.slabByteSize(CAPACITY) / Long.BYTES];
    return SpscRing.at(MemorySegment.ofArray(words), CAPACITY, 0, 0);
  }

  private static boolean stage(RingProducer producer, long value) {
    long byteOffset = producer.claim(Long.BYTES);
    if (byteOffset == RingProducer.FULL) {
      return false;
    }
    producer.segment().set(ValueLayout.JAVA_LONG, byteOffset, value);
    producer.stage();
    return true;
  }

  private static long take(RingConsumer consumer) {
    long byteOffset = consumer.peek();
    if (byteOffset == RingConsumer.EMPTY) {
      return NOTHING;
    }
    long value = consumer.segment().get(ValueLayout.JAVA_LONG, byteOffset);
    consumer.release();
    return value;
  }
}
