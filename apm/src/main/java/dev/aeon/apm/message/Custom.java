package dev.aeon.apm.message;

import dev.aeon.apm.schema.JsonObject;

/**
 * A payload of an application's own type (section 8.3); what its fields must be is between those
 * who know the type.
 *
 * @param typeName {@code CUSTOM_} and 1 to 57 capitals, digits and underscores
 */
public record Custom(String typeName, JsonObject fields) implements Payload {
  private static final String PREFIX = "CUSTOM_";
  private static final int MAX_LENGTH = PREFIX.length() + 57;

  /**
   * Checks the type's name.
   *
   * @throws IllegalArgumentException where it is not of the form
   */
  public Custom {
    if (!isLegalName(typeName)) {
      throw new IllegalArgumentException("not a custom type: typeName=" + typeName);
    }
  }

  /** Whether {@code text} may name a custom type. */
  public static boolean isLegalName(String text) {
    return text.startsWith(PREFIX)
        && text.length() > PREFIX.length()
        && text.length() <= MAX_LENGTH
        && text.chars().allMatch(Custom::isLegal);
  }

  private static boolean isLegal(int each) {
    return (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9') || each == '_';
  }

  @Override
  public MessageType type() {
    return MessageType.CUSTOM;
  }
}
