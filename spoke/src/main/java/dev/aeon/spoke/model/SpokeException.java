package dev.aeon.spoke.model;

import java.util.List;

/**
 * A request that cannot be met: a code for programs, a sentence for people, and what was violated.
 */
public final class SpokeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it is. */
  public enum Code {
    /** The request itself is wrong: a name, a version, a path, a size. */
    INVALID_REQUEST,
    /** The schema does not compile. */
    INVALID_SCHEMA,
    NOT_FOUND,
    /** Nobody, or nobody known, asks for what needs a token. */
    UNAUTHENTICATED,
    /** The token does not allow it. */
    FORBIDDEN,
    /** More requests than the rate limit allows; later ones may be met. */
    TOO_MANY_REQUESTS,
    /** The version exists with other content. */
    CONFLICT,
    /** A limit of size, count or time was reached. */
    LIMIT_EXCEEDED,
    /** The registry cannot be reached, or answered what it should not. */
    UNAVAILABLE,
    /** Content does not have the digest it should. */
    DIGEST_MISMATCH,
    /** The disk or the compiler failed. */
    INTERNAL
  }

  private final Code code;
  private final transient List<Violation> violations;

  public SpokeException(Code code, String message) {
    this(code, message, List.of());
  }

  public SpokeException(Code code, String message, List<Violation> violations) {
    super(message);
    this.code = code;
    this.violations = List.copyOf(violations);
  }

  public SpokeException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.violations = List.of();
  }

  public Code code() {
    return code;
  }

  /** The places of the schema that are wrong; empty where the failure has no place. */
  public List<Violation> violations() {
    return violations;
  }
}
