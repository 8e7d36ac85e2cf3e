package dev.aeon.slabs.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Who writes a record and who is about to sleep: one of the two sees the other. The first result is
 * whether the writer sees the sleeper's flag, the second whether the sleeper sees the record.
 */
@JCStressTest
@Outcome(
    id = {"true, true", "true, false", "false, true"},
    expect = ACCEPTABLE,
    desc = "Woken, or not asleep.")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "Asleep over a record.")
@State
public class RingSleepStress {
  private final MemorySegment segment =
      MemorySegment.ofArray(new long[(int) SpscRing.slabByteSize(64) / Long.BYTES]);
  private final SpscRing ring = SpscRing.create(segment);
  private final SleepFlag flag = new SleepFlag(segment, RingLayout.CONSUMERS_SLEEP_OFFSET);

  @Actor
  public void write(ZZ_Result seen) {
    long byteOffset = ring.producer().claim(Long.BYTES);
    segment.set(ValueLayout.JAVA_LONG, byteOffset, 1);
    ring.producer().commit();
    VarHandle.fullFence();
    seen.r1 = flag.isRaised();
  }

  @Actor
  public void fallAsleep(ZZ_Result seen) {
    flag.raise();
    seen.r2 = ring.consumer().hasRecord();
  }
}
