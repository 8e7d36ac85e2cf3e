package dev.aeon.spoke.validate.lint;

import dev.aeon.spoke.validate.Finding;
import dev.aeon.spoke.validate.config.LintConfig;
import dev.aeon.spoke.validate.image.Image;
import dev.aeon.spoke.validate.image.ImageFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Judges the style of an image's files, not of those that they import. Thread-safe. */
public final class Linter {
  private final LintConfig config;
  private final List<Map.Entry<String, FileCheck>> fileChecks;
  private final List<Map.Entry<String, ImageCheck>> imageChecks;

  public Linter(LintConfig config) {
    this.config = config;
    this.fileChecks = chosen(LintChecks.FILE_CHECKS);
    this.imageChecks = chosen(LintChecks.IMAGE_CHECKS);
  }

  private <T> List<Map.Entry<String, T>> chosen(Map<String, T> checks) {
    return checks.entrySet().stream()
        .filter(check -> config.rules().contains(check.getKey()))
        .toList();
  }

  /** The findings of all rules that hold, in the order of the text, none twice. */
  public List<Finding> lint(Image image) {
    Stream<Finding> ofFiles =
        image.files().parallelStream()
            .filter(file -> !file.isImport())
            .flatMap(file -> lintFile(file).stream());
    Stream<Finding> ofImage =
        imageChecks.parallelStream().flatMap(check -> lintImage(check, image).stream());
    Finding[] findings = Stream.concat(ofFiles, ofImage).toArray(Finding[]::new);
    Arrays.parallelSort(findings);
    return withoutRepeats(findings);
  }

  private static List<Finding> withoutRepeats(Finding[] sorted) {
    List<Finding> findings = new ArrayList<>(sorted.length);
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || !sorted[i].equals(sorted[i - 1])) {
        findings.add(sorted[i]);
      }
    }
    return Collections.unmodifiableList(findings);
  }

  private List<Finding> lintFile(ImageFile file) {
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<String, FileCheck> check : fileChecks) {
      check.getValue().check(file, new Report(check.getKey(), config, findings::add));
    }
    return findings;
  }

  private List<Finding> lintImage(Map.Entry<String, ImageCheck> check, Image image) {
    List<Finding> findings = new ArrayList<>();
    check.getValue().check(image, new Report(check.getKey(), config, findings::add));
    return findings;
  }
}
