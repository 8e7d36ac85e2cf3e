package dev.aeon.sp.protocol;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Values by number, without boxes: open addressing with linear probing, and removal that closes the
 * gap. At most half full.
 *
 * @param <V> what is kept
 */
final class IntMap<V> {
  private static final int LEAST_CAPACITY = 8;
  private static final int MIX = 0x9E37_79B9;

  private int[] keys = new int[LEAST_CAPACITY];
  private @Nullable Object[] values = new Object[LEAST_CAPACITY];
  private int count;

  int size() {
    return count;
  }

  boolean isEmpty() {
    return count == 0;
  }

  @SuppressWarnings("unchecked") // put() takes nothing but V
  @Nullable V get(int key) {
    return (V) values[slotOf(key)];
  }

  boolean contains(int key) {
    return values[slotOf(key)] != null;
  }

  void put(int key, V value) {
    int slot = slotOf(key);
    if (values[slot] == null) {
      count++;
    }
    keys[slot] = key;
    values[slot] = value;
    if (count * 2 > keys.length) {
      grow();
    }
  }

  @SuppressWarnings("unchecked") // put() takes nothing but V
  @Nullable V remove(int key) {
    int slot = slotOf(key);
    Object removed = values[slot];
    if (removed != null) {
      count--;
      closeGap(slot);
    }
    return (V) removed;
  }

  void clear() {
    Arrays.fill(values, null);
    count = 0;
  }

  /** How many slots there are to visit by {@link #valueAt}. */
  int slotCount() {
    return values.length;
  }

  /** The value in a slot, or null; the way through all values that allocates nothing. */
  @SuppressWarnings("unchecked") // put() takes nothing but V
  @Nullable V valueAt(int slot) {
    return (V) values[slot];
  }

  /** Hands out every value; the map is not to be changed meanwhile. */
  @SuppressWarnings("unchecked") // put() takes nothing but V
  void forEach(Consumer<? super V> action) {
    for (Object value : values) {
      if (value != null) {
        action.accept((V) value);
      }
    }
  }

  /** Where {@code key} is, or where it would go. */
  private int slotOf(int key) {
    int slot = home(key);
    while (values[slot] != null && keys[slot] != key) {
      slot = next(slot);
    }
    return slot;
  }

  private int home(int key) {
    int mixed = key * MIX;
    return (mixed ^ mixed >>> 16) & (keys.length - 1);
  }

  private int next(int slot) {
    return (slot + 1) & (keys.length - 1);
  }

  /** Moves back what would no longer be found across the emptied slot. */
  private void closeGap(int emptied) {
    int gap = emptied;
    values[gap] = null;
    for (int slot = next(gap); values[slot] != null; slot = next(slot)) {
      int distanceHome = slot - home(keys[slot]) & (keys.length - 1);
      int distanceGap = slot - gap & (keys.length - 1);
      if (distanceHome >= distanceGap) {
        keys[gap] = keys[slot];
        values[gap] = values[slot];
        values[slot] = null;
        gap = slot;
      }
    }
  }

  private void grow() {
    int[] oldKeys = keys;
    @Nullable Object[] oldValues = values;
    keys = new int[oldKeys.length * 2];
    values = new Object[oldKeys.length * 2];
    for (int slot = 0; slot < oldKeys.length; slot++) {
      if (oldValues[slot] != null) {
        int target = slotOf(oldKeys[slot]);
        keys[target] = oldKeys[slot];
        values[target] = oldValues[slot];
      }
    }
  }
}
