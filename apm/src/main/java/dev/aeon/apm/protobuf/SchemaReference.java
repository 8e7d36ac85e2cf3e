package dev.aeon.apm.protobuf;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which schema a Protobuf message was written by.
 *
 * @param module its name in a schema registry
 * @param version its version there, such as {@code v1.0.0}
 */
public record SchemaReference(String module, String version) {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9._/-]{0,199})@([A-Za-z0-9][A-Za-z0-9.+_-]{0,99})");

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException where one is not of letters, digits and {@code . _ -}, and in
   *     the module's {@code /}
   */
  public SchemaReference {
    if (!FORM.matcher(module + "@" + version).matches()) {
      throw new IllegalArgumentException("not a schema: module=" + module + " version=" + version);
    }
  }

  /**
   * The reference that {@code text} says, as {@link #toString} writes it.
   *
   * @throws IllegalArgumentException where it says none
   */
  public static SchemaReference parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a schema: expected=module@version");
    }
    return new SchemaReference(matcher.group(1), matcher.group(2));
  }

  @Override
  public String toString() {
    return module + "@" + version;
  }
}
