package dev.aeon.apm.message;

/**
 * A message's unique id. Made as {@code msg_yyyyMMdd_HHmmss_<ULID>}; other ids of the protocol's
 * form are accepted, and no meaning is read out of any.
 */
public record MessageId(String value) implements Comparable<MessageId> {
  private static final String PREFIX = "msg_";
  private static final int MAX_LENGTH = PREFIX.length() + 120;
  private static final int DATE_DIGITS = 8;
  private static final int TIME_DIGITS = 6;
  private static final int MAX_RANDOM = 64;

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

  public static boolean isLegal(CharSequence text) {
    return text.length() > PREFIX.length()
        && text.length() <= MAX_LENGTH
        && Letters.beginsWith(text, PREFIX)
        && Letters.areAll(text, PREFIX.length(), Letters.WORD);
  }

  /** Whether the id has the form that this specification writes, not merely a tolerated one. */
  public boolean isStandard() {
    int date = PREFIX.length();
    int time = date + DATE_DIGITS + (value.startsWith("_", date + DATE_DIGITS) ? 1 : 0);
    int random = time + TIME_DIGITS + 1;
    return value.length() > random
        && value.length() <= random + MAX_RANDOM
        && areDigits(date, date + DATE_DIGITS)
        && areDigits(time, time + TIME_DIGITS)
        && value.charAt(random - 1) == '_'
        && Letters.areAll(value, random, Letters.ALPHANUMERIC);
  }

  private boolean areDigits(int from, int to) {
    for (int index = from; index < to; index++) {
      if (value.charAt(index) < '0' || value.charAt(index) > '9') {
        return false;
      }
    }
    return true;
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
