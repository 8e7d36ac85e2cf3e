package dev.aeon.apm.message;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Makes message ids {@code msg_yyyyMMdd_HHmmss_<ULID>}. Ids of one generator are distinct; those of
 * different generators differ by 80 random bits. Safe for use by many threads.
 */
public final class MessageIds {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").withZone(ZoneOffset.UTC);
  private static final char[] CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
  private static final int TIME_DIGITS = 10;
  private static final int RANDOM_DIGITS = 16;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final InstantSource clock;

  public MessageIds(InstantSource clock) {
    this.clock = clock;
  }

  public MessageId next() {
    Instant now = clock.instant();
    return new MessageId("msg_" + TIME.format(now) + "_" + ulid(now));
  }

  private String ulid(Instant now) {
    StringBuilder text = new StringBuilder(TIME_DIGITS + RANDOM_DIGITS);
    long millis = now.toEpochMilli();
    for (int shift = 5 * (TIME_DIGITS - 1); shift >= 0; shift -= 5) {
      text.append(CROCKFORD[(int) (millis >>> shift) & 31]);
    }
    byte[] bytes = new byte[RANDOM_DIGITS];
    RANDOM.nextBytes(bytes);
    for (byte each : bytes) {
      text.append(CROCKFORD[each & 31]);
    }
    return text.toString();
  }
}
