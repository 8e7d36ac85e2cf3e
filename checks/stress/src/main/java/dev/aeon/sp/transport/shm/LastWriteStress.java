package dev.aeon.sp.transport.shm;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Who reads while two writes are made finds what the tail tells of, beside the tail or in the ring:
 * never what is not there yet, nor what came after it. The results are how many bytes were read,
 * and how many of those were wrong.
 */
@JCStressTest
@Outcome(
    id = {"0, 0", "16, 0", "32, 0"},
    expect = ACCEPTABLE,
    desc = "What was written.")
@Outcome(expect = FORBIDDEN, desc = "Bytes that were not written there.")
@State
public class LastWriteStress {
  private static final int BYTE_SIZE = 16;
  private static final int CAPACITY = 32;

  private final MemorySegment region =
      MemorySegment.ofArray(new long[(int) (RingLayout.BYTES_AT + CAPACITY) / Long.BYTES]);
  private final ReadableBytes bytes = new ReadableBytes(region, CAPACITY);
  private final MemorySegment from = MemorySegment.ofArray(new long[BYTE_SIZE / Long.BYTES]);
  private final MemorySegment to = MemorySegment.ofArray(new long[CAPACITY / Long.BYTES]);

  public LastWriteStress() {
    LastWrite.hide(region);
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
  public void read(II_Result seen) {
    long tail = (long) RingLayout.POSITION.getAcquire(region, RingLayout.TAIL_AT);
    long head = 0;
    while (head < tail) {
      head += bytes.copy(to, head, tail - head, head, tail);
    }
    for (long at = 0; at < tail; at++) {
      if (to.get(ValueLayout.JAVA_BYTE, at) != 1 + at / BYTE_SIZE) {
        seen.r2++;
      }
    }
    seen.r1 = (int) tail;
  }
}
