package dev.aeon.sp;

import java.util.function.Predicate;

/**
 * A named property of a socket; {@link SpOptions} lists them.
 *
 * @param <T> type of its values
 */
public final class SocketOption<T> {
  private final String name;
  private final Class<T> type;
  private final T defaultValue;
  private final Predicate<T> valid;
  private final String range;

  SocketOption(String name, Class<T> type, T defaultValue, Predicate<T> valid, String range) {
    this.name = name;
    this.type = type;
    this.defaultValue = defaultValue;
    this.valid = valid;
    this.range = range;
  }

  public String name() {
    return name;
  }

  public Class<T> type() {
    return type;
  }

  public T defaultValue() {
    return defaultValue;
  }

  void check(T value) {
    if (!valid.test(value)) {
      throw new IllegalArgumentException(
          "option value is out of range: option=%s value=%s range=%s"
              .formatted(name, value, range));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
