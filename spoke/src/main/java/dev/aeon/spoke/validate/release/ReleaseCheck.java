package dev.aeon.spoke.validate.release;

import com.google.protobuf.ByteString;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.Violation;
import dev.aeon.spoke.validate.Finding;
import dev.aeon.spoke.validate.breaking.BreakingDetector;
import dev.aeon.spoke.validate.config.BreakingConfig;
import dev.aeon.spoke.validate.config.LintConfig;
import dev.aeon.spoke.validate.image.Image;
import dev.aeon.spoke.validate.image.ImageReader;
import dev.aeon.spoke.validate.lint.Linter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Judges a version before it is published by what its module's policy asks for. Thread-safe. */
public final class ReleaseCheck {
  /** The rule that a violation of semantic versioning has. */
  public static final String NUMBER_RULE = "VERSION_NEEDS_NEW_MAJOR";

  /** What breaks generated code or data counts as breaking for a version's number. */
  private static final List<String> NUMBER_CATEGORIES = List.of("PACKAGE");

  private final ReleasePolicy policy;

  public ReleaseCheck(ReleasePolicy policy) {
    this.policy = policy;
  }

  /**
   * A version with what it compiles to.
   *
   * @param files the module's own files; others among the descriptors are imports
   * @param descriptors a serialised {@code FileDescriptorSet}
   * @param texts gives the text of a file, or the empty text where it is not known
   */
  public record Release(
      Version version, Set<String> files, ByteString descriptors, UnaryOperator<String> texts) {
    /** A release whose text is not looked at. */
    public Release(Version version, Set<String> files, ByteString descriptors) {
      this(version, files, descriptors, path -> "");
    }

    Image image() {
      return ImageReader.parse(
          descriptors.toByteArray(), new ImageReader.Facts(files, Map.of(), texts));
    }
  }

  /** Whether earlier releases are needed to judge at all. */
  public boolean needsEarlier() {
    return !policy.breaking().isEmpty()
        || policy.checksNumbers()
        || policy.compatibility() != CompatibilityMode.NONE;
  }

  /**
   * Judges a version.
   *
   * @param earlier the releases below it, in any order
   * @return what the policy forbids, in the order of the text; empty where it allows all
   */
  public List<Violation> check(Release current, List<Release> earlier) {
    List<Release> newestFirst =
        earlier.stream()
            .filter(release -> isBefore(release.version(), current.version()))
            .sorted(Comparator.comparing(Release::version).reversed())
            .toList();
    if (policy.lint().isEmpty() && newestFirst.isEmpty()) {
      return List.of();
    }
    Image image = current.image();
    List<Violation> violations = new ArrayList<>(lint(image));
    violations.addAll(breaking(current.version(), image, newestFirst));
    violations.addAll(compatibility(image, newestFirst));
    violations.addAll(number(current.version(), image, newestFirst));
    return violations.stream().distinct().toList();
  }

  /** A commit follows whatever was released. */
  private static boolean isBefore(Version release, Version current) {
    return current.isCommit() || release.compareTo(current) < 0;
  }

  private List<Violation> lint(Image image) {
    return policy.lint().isEmpty()
        ? List.of()
        : new Linter(LintConfig.using(policy.lint()))
            .lint(image).stream().map(Finding::toViolation).toList();
  }

  private List<Violation> breaking(Version version, Image image, List<Release> newestFirst) {
    List<Violation> violations = new ArrayList<>();
    if (!policy.breaking().isEmpty() && !isFree(version, newestFirst)) {
      for (Release release : judged(newestFirst, policy.isAgainstEvery())) {
        violations.addAll(compare(policy.breaking(), image, release.image(), release.version()));
      }
    }
    return violations;
  }

  private boolean isFree(Version version, List<Release> newestFirst) {
    return policy.isMajorFree()
        && !newestFirst.isEmpty()
        && startsAnew(version, newestFirst.getFirst().version());
  }

  private static boolean startsAnew(Version version, Version before) {
    int major = version.major().compareTo(before.major());
    return major > 0
        || (major == 0
            && version.major().signum() == 0
            && version.minor().compareTo(before.minor()) > 0);
  }

  private List<Violation> compatibility(Image image, List<Release> newestFirst) {
    CompatibilityMode mode = policy.compatibility();
    List<Violation> violations = new ArrayList<>();
    for (Release release : judged(newestFirst, mode.isTransitive())) {
      if (mode.isBackward()) {
        Image previous = release.image();
        violations.addAll(compare(CompatibilityMode.RULES, image, previous, release.version()));
      }
      if (mode.isForward()) {
        Image previous = release.image();
        violations.addAll(compare(CompatibilityMode.RULES, previous, image, release.version()));
      }
    }
    return violations;
  }

  private List<Violation> number(Version version, Image image, List<Release> newestFirst) {
    List<Release> last = judged(newestFirst, false);
    if (!policy.checksNumbers() || last.isEmpty() || mayBreak(version, last.getFirst().version())) {
      return List.of();
    }
    Version before = last.getFirst().version();
    return compare(NUMBER_CATEGORIES, image, last.getFirst().image(), before).stream()
        .map(violation ->
            new Violation(
                violation.file(),
                violation.line(),
                violation.column(),
                NUMBER_RULE,
                "%s needs a new major version: %s".formatted(version, violation.message())))
        .toList();
  }

  /** A new major version may break, and so may anything before the first one. */
  private static boolean mayBreak(Version version, Version before) {
    return version.isCommit()
        || before.isCommit()
        || version.major().signum() == 0
        || version.major().compareTo(before.major()) > 0;
  }

  private static List<Release> judged(List<Release> newestFirst, boolean isEvery) {
    return isEvery ? newestFirst : newestFirst.stream().limit(1).toList();
  }

  private static List<Violation> compare(
      List<String> rules, Image current, Image previous, Version against) {
    BreakingConfig config = BreakingConfig.using(rules).excludingImports();
    return new BreakingDetector(config)
        .compare(current, previous).stream()
            .map(Finding::toViolation)
            .map(violation ->
                new Violation(
                    violation.file(),
                    violation.line(),
                    violation.column(),
                    violation.rule(),
                    violation.message() + " Against " + against + "."))
            .toList();
  }
}
