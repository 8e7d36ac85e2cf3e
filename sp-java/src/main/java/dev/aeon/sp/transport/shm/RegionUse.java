package dev.aeon.sp.transport.shm;

import dev.aeon.bindings.posix.SharedMemory;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mapped region and those who use it: its ring, and every body that was lent from it. The last to
 * end unmaps it; if an application forgets a body, the garbage collector does. Thread-safe.
 */
final class RegionUse {
  private final SharedMemory memory;
  private final AtomicInteger users = new AtomicInteger(1);

  /** Takes the memory over, for a first user. */
  RegionUse(SharedMemory memory) {
    this.memory = memory;
  }

  MemorySegment segment() {
    return memory.segment();
  }

  /** One user more; not after the last has ended. */
  void begin() {
    users.incrementAndGet();
  }

  /** One user less. */
  void end() {
    if (users.decrementAndGet() == 0) {
      memory.close();
    }
  }

  /** The ring ends; bodies may be out. */
  void endOfRing() {
    if (users.get() > 1) {
      Forgotten.CLEANER.register(this, memory::close);
    }
    end();
  }

  /** Only where bodies outlive their pipe. */
  private static final class Forgotten {
    static final Cleaner CLEANER = Cleaner.create();
  }
}
