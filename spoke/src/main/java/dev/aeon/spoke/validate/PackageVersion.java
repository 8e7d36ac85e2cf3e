package dev.aeon.spoke.validate;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version that a package's last name states: {@code v1}, {@code v1beta2}, {@code v1p3alpha},
 * {@code v1test} and so on, numbers from 1.
 */
public final class PackageVersion {
  private static final String NUMBER = "0*[1-9][0-9]*";
  private static final Pattern TEST = Pattern.compile("v" + NUMBER + "test.*");
  private static final Pattern OTHER =
      Pattern.compile("v" + NUMBER + "(?:(p" + NUMBER + ")?(alpha|beta)(?:" + NUMBER + ")?)?");

  private final boolean isStable;

  private PackageVersion(boolean isStable) {
    this.isStable = isStable;
  }

  /** The version that a package states; empty where it states none, or has one name only. */
  public static Optional<PackageVersion> of(String packageName) {
    int dot = packageName.lastIndexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String last = packageName.substring(dot + 1);
    Matcher matcher = OTHER.matcher(last);
    boolean isTest = TEST.matcher(last).matches();
    return isTest || (matcher.matches() && !last.contains("test"))
        ? Optional.of(new PackageVersion(!isTest && matcher.group(2) == null))
        : Optional.empty();
  }

  public boolean isStable() {
    return isStable;
  }
}
