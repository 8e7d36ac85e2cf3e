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
import org.openjdk.jcstress.infra.results.JJJJ_Result;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** What several ends of a ring may see of each other, on the smallest ring: two cells. */
final class MpmcRingStress {
  private static final int CELLS = 2;
  private static final long NOTHING = 0;
  private static final long STALE = -1;

  private MpmcRingStress() {}

  /** Two producers that claim the same cell. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The first before the second.")
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The second before the first.")
  @Outcome(expect = FORBIDDEN, desc = "A record lost, doubled, torn or of the lap before.")
  @State
  public static class TwoProducers {
    private final Ends ends = Ends.afterOneLap();

    @Actor
    public void first() {
      ends.write(ends.producer, 1);
    }

    @Actor
    public void second() {
      ends.write(ends.otherProducer, 2);
    }

    @Arbiter
    public void read(JJ_Result seen) {
      seen.r1 = ends.take(ends.consumer);
      seen.r2 = ends.take(ends.consumer);
    }
  }

  /** Two consumers that take the same cell. */
  @JCStressTest
  @Outcome(
      id = {"1, 2", "2, 1"},
      expect = ACCEPTABLE,
      desc = "One record each.")
  @Outcome(expect = FORBIDDEN, desc = "A record lost or doubled.")
  @State
  public static class TwoConsumers {
    private final Ends ends = Ends.afterOneLap();

    public TwoConsumers() {
      ends.write(ends.producer, 1);
      ends.write(ends.producer, 2);
    }

    @Actor
    public void first(JJ_Result seen) {
      seen.r1 = ends.take(ends.consumer);
    }

    @Actor
    public void second(JJ_Result seen) {
      seen.r2 = ends.take(ends.otherConsumer);
    }
  }

  /** A full ring, whose cells are written again as soon as they are released. */
  @JCStressTest
  @Outcome(id = "1, 2, 0, 0", expect = ACCEPTABLE, desc = "Still full for the producer.")
  @Outcome(id = "1, 2, 1, 3", expect = ACCEPTABLE, desc = "Written after the release.")
  @Outcome(expect = FORBIDDEN, desc = "Overwritten while it was read, lost or out of order.")
  @State
  public static class Reuse {
    private final Ends ends = Ends.afterOneLap();

    public Reuse() {
      ends.write(ends.producer, 1);
      ends.write(ends.producer, 2);
    }

    @Actor
    public void produce(JJJJ_Result seen) {
      seen.r3 = ends.write(ends.otherProducer, 3) ? 1 : 0;
    }

    @Actor
    public void consume(JJJJ_Result seen) {
      seen.r1 = ends.take(ends.consumer);
      seen.r2 = ends.take(ends.consumer);
    }

    @Arbiter
    public void readRest(JJJJ_Result seen) {
      seen.r4 = ends.take(ends.otherConsumer);
    }
  }

  /** Recovery beside a producer that lives: its claim must not be taken for a dead one's. */
  @JCStressTest
  @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "Left alone.")
  @Outcome(expect = FORBIDDEN, desc = "A living producer's record was thrown away or handed over.")
  @State
  public static class RecoveryBesideTheLiving {
    private final Ends ends = Ends.afterOneLap();

    @Actor
    public void produce() {
      ends.write(ends.producer, 1);
    }

    @Actor
    public void recover(JJJ_Result seen) {
      seen.r1 = ends.ring.recover(owner -> true, (memory, byteOffset, byteSize) -> {});
    }

    @Arbiter
    public void read(JJJ_Result seen) {
      seen.r2 = ends.take(ends.consumer);
      seen.r3 = ends.take(ends.consumer);
    }
  }

  /** A ring whose cells have all been used once. */
  private static final class Ends {
    private final MpmcRing ring;
    private final MpmcProducer producer;
    private final MpmcProducer otherProducer;
    private final MpmcConsumer consumer;
    private final MpmcConsumer otherConsumer;

    private Ends(MpmcRing ring) {
      this.ring = ring;
      this.producer = ring.producer();
      this.otherProducer = ring.producer();
      this.consumer = ring.consumer();
      this.otherConsumer = ring.consumer();
    }

    static Ends afterOneLap() {
      long[] words = new long[(int) (MpmcRing.slabByteSize(CELLS, Long.BYTES) / Long.BYTES)];
      Ends ends = new Ends(MpmcRing.create(MemorySegment.ofArray(words), CELLS, Long.BYTES));
      for (int i = 0; i < CELLS; i++) {
        ends.write(ends.producer, STALE);
        ends.take(ends.consumer);
      }
      return ends;
    }

    boolean write(MpmcProducer end, long value) {
      long byteOffset = end.claim(Long.BYTES);
      if (byteOffset == RingProducer.FULL) {
        return false;
      }
      end.segment().set(ValueLayout.JAVA_LONG, byteOffset, value);
      end.commit();
      return true;
    }

    long take(MpmcConsumer end) {
      long byteOffset = end.peek();
      if (byteOffset == RingConsumer.EMPTY) {
        return NOTHING;
      }
      long value = end.segment().get(ValueLayout.JAVA_LONG, byteOffset);
      end.release();
      return value;
    }
  }
}
