package dev.aeon.apm.schema;

import java.util.Optional;

/** An enum constant with a name of its own in JSON. */
public interface WireNamed {
  String wireName();

  /** The constant of {@code type} that {@code text} names, letter by letter. */
  static <E extends Enum<E> & WireNamed> Optional<E> parse(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (constant.wireName().equals(text)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }
}
