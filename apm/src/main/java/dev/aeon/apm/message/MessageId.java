package dev.aeon.apm.message;

import java.util.regex.Pattern;

/**
 * A message's unique id. Made as {@code msg_yyyyMMdd_HHmmss_<ULID>}; other ids of the protocol's
 * form are accepted, and no meaning is read out of any.
 */
public record MessageId(String value) implements Comparable<MessageId> {
  private static final Pattern STANDARD = Pattern.compile("msg_\\d{8}_?\\d{6}_[A-Za-z0-9]{1,64}");
  private static final String PREFIX = "msg_";
  private static final int MAX_LENGTH = PREFIX.length() + 120;

  /**
   * Checks the id.
   *
   * @throws IllegalArgumentException where {@code value} is not of the form
   */
  public MessageId {
    if (!isLegal(value)) {
      throw new IllegalArgumentException("not a message id: value=" + value);
    }
  }

  public static boolean isLegal(String text) {
    return text.startsWith(PREFIX)
        && text.length() > PREFIX.length()
        && text.length() <= MAX_LENGTH
        && Letters.areAll(text, PREFIX.length(), Letters::isWordOrHyphen);
  }

  /** Whether the id has the form that this specification writes, not merely a tolerated one. */
  public boolean isStandard() {
    return STANDARD.matcher(value).matches();
  }

  @Override
  public int compareTo(MessageId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
