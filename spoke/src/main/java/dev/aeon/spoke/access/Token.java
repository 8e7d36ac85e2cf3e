package dev.aeon.spoke.access;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token as it is kept: the digest of its secret, never the secret.
 *
 * @param name unique among tokens, shown in the audit log
 * @param sha256 of the secret
 * @param expiresAt null where it does not
 */
public record Token(
    String name, String sha256, List<Grant> grants, String createdAt, @Nullable String expiresAt) {
  private static final int SECRET_BYTES = 32;
  private static final String PREFIX = "spoke_";

  /** A secret that nobody guesses. */
  static String newSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  boolean isValidAt(Instant now) {
    return expiresAt == null || now.isBefore(Instant.parse(expiresAt));
  }

  Caller toCaller() {
    return new Caller(name, grants);
  }
}
