package dev.aeon.apm.message;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An agent's name: 1 to 64 letters, digits, {@code _} and {@code -}, a letter or digit at both
 * ends. Since it names directories, it never contains {@code _to_} and is no Windows device name.
 */
public record AgentId(String value) {
  private static final int MAX_LENGTH = 64;
  private static final int MAX_DEVICE_LENGTH = 4;
  private static final Pattern DEVICE =
      Pattern.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]", Pattern.CASE_INSENSITIVE);

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException where {@code value} is not a legal name
   */
  public AgentId {
    if (!isLegal(value)) {
      throw new IllegalArgumentException("not a legal agent id: value=" + value);
    }
  }

  /** Whether {@code text} may name an agent. */
  public static boolean isLegal(CharSequence text) {
    int length = text.length();
    return length > 0
        && length <= MAX_LENGTH
        && Letters.isLetterOrDigit(text.charAt(0))
        && Letters.isLetterOrDigit(text.charAt(length - 1))
        && Letters.areAll(text, 0, Letters.WORD)
        && !containsTo(text)
        && !(length <= MAX_DEVICE_LENGTH && DEVICE.matcher(text).matches());
  }

  private static boolean containsTo(CharSequence text) {
    for (int at = 3; at < text.length(); at++) {
      if (text.charAt(at) == '_'
          && text.charAt(at - 3) == '_'
          && (text.charAt(at - 2) | 0x20) == 't'
          && (text.charAt(at - 1) | 0x20) == 'o') {
        return true;
      }
    }
    return false;
  }

  /** The name under which ids that differ by case alone are one. */
  public String folded() {
    return value.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return value;
  }
}
