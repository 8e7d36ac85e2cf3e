package dev.aeon.apm.message;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An agent's name: 1 to 64 letters, digits, {@code _} and {@code -}, a letter or digit at both
 * ends. Since it names directories, it never contains {@code _to_} and is no Windows device name.
 */
public record AgentId(String value) {
  private static final Pattern GRAMMAR =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_-]{0,62}[A-Za-z0-9])?");
  private static final Pattern DEVICE = Pattern.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]");

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
  public static boolean isLegal(String text) {
    String folded = text.toLowerCase(Locale.ROOT);
    return GRAMMAR.matcher(text).matches()
        && !folded.contains("_to_")
        && !DEVICE.matcher(folded).matches();
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
