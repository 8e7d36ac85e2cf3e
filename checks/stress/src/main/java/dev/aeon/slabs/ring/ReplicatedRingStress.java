package dev.aeon.slabs.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** What a reader finds in a replica of what it has seen in the first ring. */
final class ReplicatedRingStress {
  private static final long CAPACITY = 64;
  private static final long NUMBER = 7;
  private static final long NOTHING = 0;

  private ReplicatedRingStress() {}

  /** A record that is shown before all its copies are. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Not yet committed.")
  @Outcome(id = "0, 7", expect = ACCEPTABLE, desc = "Written to the replica so far.")
  @Outcome(id = "7, 7", expect = ACCEPTABLE, desc = "In both, whole.")
  @Outcome(id = "7, 0", expect = FORBIDDEN, desc = "Seen in the first, and not in the replica.")
  @Outcome(expect = FORBIDDEN, desc = "Records that nobody wrote.")
  @State
  public static class Publication {
    private final List<MemorySegment> copies = List.of(memory(), memory());
    private final RingProducer producer;
    private final RingConsumer first;
    private final RingConsumer replica;

    public Publication() {
      ReplicatedRing.create(copies);
      producer = ReplicatedRing.producer(copies);
      first = SpscRing.attach(copies.get(0)).consumer();
      replica = SpscRing.attach(copies.get(1)).consumer();
    }

    @Actor
    public void produce() {
      long byteOffset = producer.claim(Long.BYTES);
      producer.segment().set(ValueLayout.JAVA_LONG, byteOffset, NUMBER);
      producer.commit();
    }

    @Actor
    public void consume(JJ_Result seen) {
      seen.r1 = take(first);
      seen.r2 = take(replica);
    }
  }

  private static MemorySegment memory() {
    return MemorySegment.ofArray(new long[(int) SpscRing.slabByteSize(CAPACITY) / Long.BYTES]);
  }

  private static long take(RingConsumer consumer) {
    long byteOffset = consumer.peek();
    return byteOffset == RingConsumer.EMPTY
        ? NOTHING
        : consumer.segment().get(ValueLayout.JAVA_LONG, byteOffset);
  }
}
