package dev.aeon.sp.transport.shm;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.aeon.sp.wire.MalformedException;
import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Who reads a full ring in three steps, of which one looks for a sleeper behind a fence, and who is
 * about to sleep until there is room: one of the two sees the other. The first result is whether
 * the reader sends a wake-up, the second whether the writer sees room.
 */
@JCStressTest
@Outcome(
    id = {"true, true", "true, false", "false, true"},
    expect = ACCEPTABLE,
    desc = "Woken, or not asleep.")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "Asleep beside room nobody tells of.")
@State
public class SleepingWriterStress {
  private static final long CAPACITY = 8;

  private final MemorySegment region =
      MemorySegment.ofArray(new long[(int) RingLayout.BYTES_AT / Long.BYTES]);
  private final SleepingWriter writer = new SleepingWriter(region, CAPACITY);

  @Actor
  public void read(ZZ_Result seen) {
    boolean early = reads(3);
    boolean inTime = reads(6);
    boolean late = reads(8);
    seen.r1 = early || inTime || late;
  }

  private boolean reads(long head) {
    RingLayout.POSITION.setRelease(region, RingLayout.HEAD_AT, head);
    try {
      return writer.take(head, CAPACITY);
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Actor
  public void fallAsleep(ZZ_Result seen) {
    RingLayout.setFlag(region, RingLayout.WRITER_SLEEPS_AT, true);
    seen.r2 = (long) RingLayout.POSITION.getAcquire(region, RingLayout.HEAD_AT) > 0;
  }
}
