package dev.aeon.sp.core;

import dev.aeon.sp.transport.Reactor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Memory of one socket's pipes that threads look at while they spin. With many pipes looking costs
 * more than it gains: then each is left to its wake-ups. Confined to the socket's strand, but for
 * {@link #findReady}.
 */
final class PolledMemory {
  private static final int MOST_POLLED = 16;

  private volatile Reactor.Memory[] memories = new Reactor.Memory[0];
  private volatile boolean polled;

  Reactor.MemoryWatch add(Reactor.Memory memory, DependentCount dependents) {
    Reactor.Memory[] longer = Arrays.copyOf(memories, memories.length + 1);
    longer[memories.length] = memory;
    memories = longer;
    if (polled) {
      memory.pollingBegins();
    }
    return new Watch(memory, dependents);
  }

  boolean isWorthPolling() {
    int count = memories.length;
    return count > 0 && count <= MOST_POLLED;
  }

  /** Whether nobody needs to be woken. Thread-safe. */
  boolean isPolled() {
    return polled;
  }

  /** Threads begin to look. */
  void begin() {
    if (!polled) {
      polled = true;
      for (Reactor.Memory each : memories) {
        each.pollingBegins();
      }
    }
  }

  /** Nobody may look any more; what came last is dealt with before this returns. */
  void end() {
    if (polled) {
      polled = false;
      for (Reactor.Memory each : memories) {
        each.pollingEnds();
      }
    }
  }

  /** Memory that has something to do, or null. Thread-safe. */
  Reactor.@Nullable Memory findReady() {
    for (Reactor.Memory each : memories) {
      if (each.isReady()) {
        return each;
      }
    }
    return null;
  }

  /** One pipe's. */
  private final class Watch implements Reactor.MemoryWatch {
    private final Reactor.Memory memory;
    private final DependentCount dependents;
    private boolean depending;

    Watch(Reactor.Memory memory, DependentCount dependents) {
      this.memory = memory;
      this.dependents = dependents;
    }

    @Override
    public void setDepending(boolean wanted) {
      if (wanted && !depending) {
        dependents.more();
      } else if (!wanted && depending) {
        dependents.fewer();
      }
      depending = wanted;
    }

    @Override
    public void close() {
      setDepending(false);
      memories =
          Arrays.stream(memories)
              .filter(each -> !each.equals(memory))
              .toArray(Reactor.Memory[]::new);
    }
  }
}
