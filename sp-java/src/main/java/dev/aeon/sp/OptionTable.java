package dev.aeon.sp;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The options that one socket has, their values, and what a value does. Not thread-safe. */
final class OptionTable {
  private final Map<SocketOption<?>, Entry<?>> entries = new HashMap<>();

  /**
   * @param initial the value until another is set
   * @param effect takes each value that is set
   */
  <T> void add(SocketOption<T> option, T initial, Consumer<T> effect) {
    entries.put(option, new Entry<>(initial, effect));
  }

  <T> void set(SocketOption<T> option, T value) {
    option.check(value);
    entry(option).set(value);
  }

  <T> T get(SocketOption<T> option) {
    return entry(option).value;
  }

  @SuppressWarnings("unchecked") // add() gave option and entry the same T
  private <T> Entry<T> entry(SocketOption<T> option) {
    Entry<?> entry = entries.get(option);
    if (entry == null) {
      throw new IllegalArgumentException("socket does not have the option: option=" + option);
    }
    return (Entry<T>) entry;
  }

  private static final class Entry<T> {
    private final Consumer<T> effect;
    private T value;

    Entry(T initial, Consumer<T> effect) {
      this.effect = effect;
      this.value = initial;
    }

    void set(T newValue) {
      value = newValue;
      effect.accept(newValue);
    }
  }
}
