package dev.aeon.slabs.transport;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.aeon.slabs.ring.SpscRing;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Who brings something and who is about to sleep: one of the two sees the other. The first result
 * is whether the sleeper is woken, the second whether it sees what was brought before it sleeps.
 */
final class AlarmStress {
  private AlarmStress() {}

  /** What a thread tells another by a field, as commands and demand are told. */
  @JCStressTest
  @Outcome(
      id = {"true, true", "true, false", "false, true"},
      expect = ACCEPTABLE,
      desc = "Woken, or not asleep.")
  @Outcome(id = "false, false", expect = FORBIDDEN, desc = "Asleep over what it waits for.")
  @State
  public static class Told {
    private final Alarm alarm = new Alarm();
    private volatile boolean told;

    @Actor
    public void tell(ZZ_Result seen) {
      told = true;
      seen.r1 = alarm.goesOff();
    }

    @Actor
    public void fallAsleep(ZZ_Result seen) {
      alarm.set();
      seen.r2 = told;
    }
  }

  /** A record, by way of the flag that the sleeper raises in the ring. */
  @JCStressTest
  @Outcome(
      id = {"true, true", "true, false", "false, true"},
      expect = ACCEPTABLE,
      desc = "Woken, or not asleep.")
  @Outcome(id = "false, false", expect = FORBIDDEN, desc = "Asleep over a record.")
  @State
  public static class Written {
    private final MemorySegment segment =
        MemorySegment.ofArray(new long[(int) SpscRing.slabByteSize(64) / Long.BYTES]);
    private final SpscRing ring = SpscRing.create(segment);
    private final Alarm alarm = new Alarm();
    private boolean woken;

    public Written() {
      ring.producer().wakesThrough(() -> woken = alarm.goesOff());
    }

    @Actor
    public void write(ZZ_Result seen) {
      long byteOffset = ring.producer().claim(Long.BYTES);
      segment.set(ValueLayout.JAVA_LONG, byteOffset, 1);
      ring.producer().commit();
      seen.r1 = woken;
    }

    @Actor
    public void fallAsleep(ZZ_Result seen) {
      alarm.set();
      ring.consumer().announceSleep();
      seen.r2 = ring.consumer().hasRecord();
    }
  }

  /** Room, by way of the flag that the sleeper raises in the ring. */
  @JCStressTest
  @Outcome(
      id = {"true, true", "true, false", "false, true"},
      expect = ACCEPTABLE,
      desc = "Woken, or not asleep.")
  @Outcome(id = "false, false", expect = FORBIDDEN, desc = "Asleep beside an empty ring.")
  @State
  public static class Released {
    private static final int BYTE_SIZE = 24;

    private final MemorySegment segment =
        MemorySegment.ofArray(new long[(int) SpscRing.slabByteSize(64) / Long.BYTES]);
    private final SpscRing ring = SpscRing.create(segment);
    private final Alarm alarm = new Alarm();
    private boolean woken;

    public Released() {
      for (int record = 0; record < 2; record++) {
        ring.producer().claim(BYTE_SIZE);
        ring.producer().commit();
      }
      ring.consumer().peek();
      ring.consumer().wakesThrough(() -> woken = alarm.goesOff());
    }

    @Actor
    public void release(ZZ_Result seen) {
      ring.consumer().release();
      seen.r1 = woken;
    }

    @Actor
    public void fallAsleep(ZZ_Result seen) {
      alarm.set();
      ring.producer().announceSleep();
      seen.r2 = ring.producer().hasRoom(BYTE_SIZE);
    }
  }
}
