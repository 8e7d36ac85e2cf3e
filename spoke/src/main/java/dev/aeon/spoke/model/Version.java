package dev.aeon.spoke.model;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A semantic version, with or without a leading {@code v}, or the hash of a commit in 7 to 64
 * lower-case hexadecimal digits. Semantic versions are ordered as semver.org 2.0.0 says:
 * pre-releases come before their release; build metadata does not count, except to keep the order
 * total. Commits come before all of them, and among themselves by text, which says nothing of time.
 */
public final class Version implements Comparable<Version> {
  private static final int MAX_LENGTH = 100;
  private static final String NUMBER = "(0|[1-9][0-9]*)";
  private static final Pattern LEGAL =
      Pattern.compile(
          "v?"
              + NUMBER
              + "\\."
              + NUMBER
              + "\\."
              + NUMBER
              + "(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");
  private static final Comparator<Version> ORDER =
      Comparator.<Version, Boolean>comparing(version -> !version.isCommit)
          .thenComparing(version -> version.major)
          .thenComparing(version -> version.minor)
          .thenComparing(version -> version.patch)
          .thenComparing(version -> version, Version::comparePreRelease)
          .thenComparing(version -> version.text);

  private final String text;
  private final BigInteger major;
  private final BigInteger minor;
  private final BigInteger patch;
  private final String preRelease;
  private final boolean isCommit;

  private Version(String commit) {
    this.text = commit;
    this.major = BigInteger.ZERO;
    this.minor = BigInteger.ZERO;
    this.patch = BigInteger.ZERO;
    this.preRelease = "";
    this.isCommit = true;
  }

  private Version(String text, Matcher matcher) {
    this.text = text;
    this.major = new BigInteger(matcher.group(1));
    this.minor = new BigInteger(matcher.group(2));
    this.patch = new BigInteger(matcher.group(3));
    this.preRelease = matcher.group(4) == null ? "" : matcher.group(4);
    this.isCommit = false;
  }

  /**
   * Parses a version.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where it is neither a semantic version of at
   *     most 100 characters nor a commit
   */
  public static Version parse(String text) {
    if (COMMIT.matcher(text).matches()) {
      return new Version(text);
    }
    Matcher matcher = LEGAL.matcher(text);
    if (text.length() > MAX_LENGTH || !matcher.matches()) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "a version is a semantic version such as v1.2.0 or v1.2.0-rc.1, or a commit's hash,"
              + " version="
              + Texts.quote(text));
    }
    return new Version(text, matcher);
  }

  public boolean isPreRelease() {
    return !preRelease.isEmpty();
  }

  /** Whether it is a commit's hash and no semantic version. */
  public boolean isCommit() {
    return isCommit;
  }

  /** Whether it is a semantic version without a pre-release part. */
  public boolean isRelease() {
    return !isCommit && preRelease.isEmpty();
  }

  /** The first number of a semantic version; zero of a commit. */
  public BigInteger major() {
    return major;
  }

  /** The second number of a semantic version; zero of a commit. */
  public BigInteger minor() {
    return minor;
  }

  /** The third number of a semantic version; zero of a commit. */
  public BigInteger patch() {
    return patch;
  }

  private static int comparePreRelease(Version left, Version right) {
    if (left.isPreRelease() != right.isPreRelease()) {
      return left.isPreRelease() ? -1 : 1;
    }
    String[] ours = left.preRelease.split("\\.", -1);
    String[] theirs = right.preRelease.split("\\.", -1);
    for (int i = 0; i < Math.min(ours.length, theirs.length); i++) {
      int order = compareIdentifiers(ours[i], theirs[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(ours.length, theirs.length);
  }

  private static int compareIdentifiers(String left, String right) {
    boolean isLeftNumber = isNumber(left);
    boolean isRightNumber = isNumber(right);
    if (isLeftNumber && isRightNumber) {
      return new BigInteger(left).compareTo(new BigInteger(right));
    }
    return isLeftNumber == isRightNumber ? left.compareTo(right) : isLeftNumber ? -1 : 1;
  }

  private static boolean isNumber(String identifier) {
    return !identifier.isEmpty() && identifier.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Version that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
