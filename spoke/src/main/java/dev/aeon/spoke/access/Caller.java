package dev.aeon.spoke.access;

import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.SpokeException;
import java.util.List;

/**
 * Who makes a request, and what they may do.
 *
 * @param name of the token, or {@code anonymous}
 */
public record Caller(String name, List<Grant> grants) {
  static final String ANONYMOUS = "anonymous";

  static Caller anonymous(Role role) {
    return new Caller(ANONYMOUS, List.of(Grant.ofAll(role)));
  }

  /** Whether the caller has a role on a module. */
  public boolean may(Role needed, ModuleName module) {
    return needed == Role.NONE
        || grants.stream().anyMatch(grant -> grant.role().includes(needed) && grant.covers(module));
  }

  /** Whether the caller has a role on some module at least. */
  public boolean may(Role needed) {
    return needed == Role.NONE || grants.stream().anyMatch(grant -> grant.role().includes(needed));
  }

  /**
   * Asks for a role on a module.
   *
   * @throws SpokeException {@code UNAUTHENTICATED} where nobody known asks, else {@code FORBIDDEN}
   */
  public void require(Role needed, ModuleName module) {
    if (!may(needed, module)) {
      throw refusal(needed + " on " + module);
    }
  }

  /** Asks for a role on some module. */
  public void require(Role needed) {
    if (!may(needed)) {
      throw refusal(needed.toString());
    }
  }

  private SpokeException refusal(String needed) {
    boolean isUnknown = name.equals(ANONYMOUS);
    return new SpokeException(
        isUnknown ? SpokeException.Code.UNAUTHENTICATED : SpokeException.Code.FORBIDDEN,
        (isUnknown ? "a token is needed" : "the token does not allow it")
            + ", caller="
            + name
            + " needed="
            + needed);
  }
}
