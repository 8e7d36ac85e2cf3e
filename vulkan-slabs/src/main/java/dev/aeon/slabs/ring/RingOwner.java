package dev.aeon.slabs.ring;

import java.time.Instant;
import java.util.Optional;

/**
 * Names a process in the slots of a ring, such that a later process with the same number is another
 * owner: the process's number in the low 32 bits, the second at which it started above.
 */
public final class RingOwner {
  private static final int START_BITS = 31;

  private static final class Own {
    static final long OWNER = of(ProcessHandle.current());
  }

  private RingOwner() {}

  /** This process. */
  public static long current() {
    return Own.OWNER;
  }

  /** The number of an owner's process. */
  public static long processId(long owner) {
    return Integer.toUnsignedLong((int) owner);
  }

  /** Whether an owner's process runs; for processes that this one may see. */
  public static boolean isAlive(long owner) {
    Optional<ProcessHandle> process = ProcessHandle.of(processId(owner));
    return process.isPresent() && process.get().isAlive() && of(process.get()) == owner;
  }

  private static long of(ProcessHandle process) {
    long startSeconds = process.info().startInstant().map(Instant::getEpochSecond).orElse(0L);
    return (startSeconds & ((1L << START_BITS) - 1)) << Integer.SIZE
        | Integer.toUnsignedLong((int) process.pid());
  }
}
