package dev.aeon.spoke.access;

import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.SpokeException;
import java.util.regex.Pattern;

/**
 * A role on some modules.
 *
 * @param modules a module's name, {@code owner/*} for all of an owner, or {@code *} for all
 */
public record Grant(String modules, Role role) {
  private static final Pattern LEGAL = Pattern.compile("\\*|[A-Za-z0-9._/-]+(/\\*)?");

  /**
   * Checks the pattern.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where it has another form
   */
  public Grant {
    if (!LEGAL.matcher(modules).matches()) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "a grant is of a module, of owner/* or of *, modules="
              + modules.length()
              + " characters");
    }
  }

  /** A role on everything. */
  public static Grant ofAll(Role role) {
    return new Grant("*", role);
  }

  boolean covers(ModuleName module) {
    if (modules.equals("*")) {
      return true;
    }
    return modules.endsWith("/*")
        ? module.value().startsWith(modules.substring(0, modules.length() - 1))
        : module.value().equals(modules);
  }
}
