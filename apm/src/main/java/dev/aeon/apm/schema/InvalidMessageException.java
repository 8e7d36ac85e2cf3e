package dev.aeon.apm.schema;

import java.util.List;
import java.util.stream.Collectors;

/** A message, or a part of one, that breaks the protocol; lists everything that is wrong. */
public final class InvalidMessageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Violation> violations;

  /**
   * Of the violations found.
   *
   * @param violations at least one, in reporting order
   */
  public InvalidMessageException(List<Violation> violations) {
    super(violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
    if (violations.isEmpty()) {
      throw new IllegalArgumentException("an invalid message has at least one violation");
    }
    this.violations = List.copyOf(violations);
  }

  /** Of a single violation. */
  public InvalidMessageException(Violation violation) {
    this(List.of(violation));
  }

  /** Everything that is wrong, first the violation that gives the message its code. */
  public List<Violation> violations() {
    return violations;
  }

  /** The code of the message as a whole. */
  public ErrorCode code() {
    return violations.getFirst().code();
  }
}
