package dev.aeon.sp.transport.shm;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Who reads two writes from beside the tail while they are made, or from the ring where they are no
 * longer there: the first is whole in any case. The results are the tail as it was seen and the
 * first and last byte of the first write, of sixteen.
 */
@JCStressTest
@Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "Nothing is there yet.")
@Outcome(
    id = {"16, 1, 1", "32, 1, 1"},
    expect = ACCEPTABLE,
    desc = "The first write.")
@Outcome(expect = FORBIDDEN, desc = "Bytes of the second write, or of none.")
@State
public class LastWriteStress {
  private static final int BYTE_SIZE = 16;

  private final MemorySegment region =
      MemorySegment.ofArray(new long[(int) (RingLayout.BYTES_AT + 64) / Long.BYTES]);
  private final MemorySegment from = MemorySegment.ofArray(new long[BYTE_SIZE / Long.BYTES]);
  private final MemorySegment to = MemorySegment.ofArray(new long[BYTE_SIZE / Long.BYTES]);

  public LastWriteStress() {
    LastWrite.init(region);
  }

  @Actor
  public void write() {
    write(0, (byte) 1);
    write(BYTE_SIZE, (byte) 2);
  }

  /** As the ring does: what is beside the tail is there before the ring has it. */
  private void write(long start, byte value) {
    from.fill(value);
    LastWrite.show(region, from, 0, BYTE_SIZE, start);
    RingLayout.POSITION.setRelease(region, RingLayout.TAIL_AT, start + BYTE_SIZE);
    MemorySegment.copy(from, 0, region, RingLayout.BYTES_AT + start, BYTE_SIZE);
  }

  @Actor
  public void read(III_Result seen) {
    long tail = (long) RingLayout.POSITION.getAcquire(region, RingLayout.TAIL_AT);
    if (tail > 0) {
      if (!LastWrite.copy(region, to, 0, 0, BYTE_SIZE, tail)) {
        MemorySegment.copy(region, RingLayout.BYTES_AT, to, 0, BYTE_SIZE);
      }
      seen.r2 = to.get(ValueLayout.JAVA_BYTE, 0);
      seen.r3 = to.get(ValueLayout.JAVA_BYTE, BYTE_SIZE - 1);
    }
    seen.r1 = (int) tail;
  }
}
