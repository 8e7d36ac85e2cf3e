package dev.aeon.sp.transport.shm;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Who writes to a shared ring and who is about to sleep over it: one of the two sees the other. The
 * first result is whether the writer sends a wake-up, the second whether the reader sees bytes.
 */
@JCStressTest
@Outcome(
    id = {"true, true", "true, false", "false, true"},
    expect = ACCEPTABLE,
    desc = "Woken, or not asleep.")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "Asleep over bytes that nobody tells of.")
@State
public class SleepFlagStress {
  private final MemorySegment region =
      MemorySegment.ofArray(new long[(int) RingLayout.BYTES_AT / Long.BYTES]);

  @Actor
  public void write(ZZ_Result seen) {
    RingLayout.POSITION.setRelease(region, RingLayout.TAIL_AT, 1L);
    seen.r1 = RingLayout.takeFlag(region, RingLayout.READER_SLEEPS_AT);
  }

  @Actor
  public void fallAsleep(ZZ_Result seen) {
    RingLayout.setFlag(region, RingLayout.READER_SLEEPS_AT, true);
    seen.r2 = (long) RingLayout.POSITION.getAcquire(region, RingLayout.TAIL_AT) != 0;
  }
}
