package dev.aeon.spoke.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.semver4j.Semver;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/**
 * Which versions of a module will do, as npm writes it: {@code ^1.2.0} (compatible), {@code ~1.2.0}
 * (patches), {@code >=1.2.0 <3.0.0}, {@code 1.x || 3.x}, {@code *}, or one version, which may be a
 * commit. Pre-releases are in a range only where it names a pre-release of the same release.
 */
public record VersionRange(String text) {
  private static final int MAX_LENGTH = 200;
  private static final Pattern LEADING_V = Pattern.compile("(?<![0-9A-Za-z.+-])[vV](?=[0-9])");
  private static final Pattern LEGAL =
      Pattern.compile(
          "\\s*(?:latest|(?:(?:[\\^~]|[<>]=?|=)?\\s*[0-9xX*][0-9A-Za-z.+*-]*|\\|\\||-|\\s)+)\\s*");

  /**
   * Checks the range.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where it is none
   */
  public VersionRange {
    boolean isCommit = isVersion(text) && Version.parse(text).isCommit();
    boolean isRange =
        text.length() <= MAX_LENGTH
            && !text.isBlank()
            && LEGAL.matcher(plain(text)).matches()
            && !rangesOf(text).get().isEmpty();
    if (!isCommit && !isRange) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "a range of versions is written ^1.2.0, ~1.2.0, >=1.2.0 <3.0.0 or 1.2.0, range="
              + Texts.quote(text));
    }
  }

  /** The versions that a dependent of this one can be given as well. */
  public static VersionRange compatibleWith(Version version) {
    String text = withoutV(version);
    return new VersionRange(version.isCommit() ? text : "^" + text);
  }

  /** Whether a version will do. */
  public boolean contains(Version version) {
    if (text.equals(version.toString()) || plain(text).equals(withoutV(version))) {
      return true;
    }
    Semver parsed = version.isCommit() ? null : Semver.parse(withoutV(version));
    return parsed != null && parsed.satisfies(rangesOf(text));
  }

  /** The highest version that will do; empty where none does. */
  public Optional<Version> highestOf(Collection<Version> versions) {
    return versions.stream().filter(this::contains).max(Comparator.naturalOrder());
  }

  private static RangeList rangesOf(String text) {
    String plain = plain(text).strip();
    return RangeListFactory.create(plain.equals("latest") ? "*" : plain);
  }

  private static String plain(String text) {
    return LEADING_V.matcher(text).replaceAll("");
  }

  private static String withoutV(Version version) {
    return plain(version.toString());
  }

  private static boolean isVersion(String text) {
    try {
      Version.parse(text);
      return true;
    } catch (SpokeException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
