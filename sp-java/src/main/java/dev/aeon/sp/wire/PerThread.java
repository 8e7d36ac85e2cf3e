package dev.aeon.sp.wire;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value of each thread, as {@link ThreadLocal} has it, found sooner: the first platform thread
 * that hashes to a slot of a small table has it until it has ended. What the table holds of ended
 * threads is bounded by its size. Thread-safe.
 *
 * @param <T> the value, used by its thread alone
 */
public final class PerThread<T> {
  private static final int SLOT_COUNT = 32;

  /** Fields are final, so that who finds one by a race finds it whole. */
  private static final class Slot<T> {
    private final Thread owner;
    private final T value;

    Slot(Thread owner, T value) {
      this.owner = owner;
      this.value = value;
    }
  }

  private final ThreadLocal<T> values;
  private final @Nullable Slot<T>[] slots;

  /**
   * @param initial makes a thread's value when it first asks
   */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public PerThread(Supplier<T> initial) {
    this.values = ThreadLocal.withInitial(initial);
    this.slots = new Slot[SLOT_COUNT];
  }

  /** The calling thread's. */
  public T get() {
    Thread current = Thread.currentThread();
    T found = inSlot(current);
    return found != null ? found : find(current);
  }

  /** The calling thread's, unless that is virtual: then null. */
  public @Nullable T getUnlessVirtual() {
    Thread current = Thread.currentThread();
    T found = inSlot(current);
    if (found != null) {
      return found;
    }
    return current.isVirtual() ? null : find(current);
  }

  @SuppressWarnings("ReferenceEquality") // a thread is itself, whatever its class makes of equals
  private @Nullable T inSlot(Thread thread) {
    Slot<T> slot = slots[slotOf(thread)];
    return slot != null && slot.owner == thread ? slot.value : null;
  }

  private static int slotOf(Thread thread) {
    return (int) thread.threadId() & (SLOT_COUNT - 1);
  }

  private T find(Thread thread) {
    T value = values.get();
    Slot<T> slot = slots[slotOf(thread)];
    boolean isFree = slot == null || !slot.owner.isAlive();
    if (isFree && !thread.isVirtual()) {
      slots[slotOf(thread)] = new Slot<>(thread, value);
    }
    return value;
  }
}
