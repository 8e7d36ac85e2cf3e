package dev.aeon.spoke.validate.breaking;

import dev.aeon.spoke.validate.Finding;
import dev.aeon.spoke.validate.config.BreakingConfig;
import dev.aeon.spoke.validate.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds what a new image breaks. Thread-safe. */
public final class BreakingDetector {
  private final BreakingConfig config;

  public BreakingDetector(BreakingConfig config) {
    this.config = config;
  }

  /** The findings of all rules that hold, in the order of the new text, none twice. */
  public List<Finding> compare(Image current, Image previous) {
    Images images = new Images(current, previous);
    return BreakingChecks.ALL.entrySet().parallelStream()
        .filter(check -> config.rules().contains(check.getKey()))
        .flatMap(check -> run(check, images))
        .distinct()
        .sorted()
        .toList();
  }

  private Stream<Finding> run(Map.Entry<String, Check> check, Images images) {
    List<Finding> findings = new ArrayList<>();
    check.getValue().check(images, new Report(check.getKey(), config, images, findings::add));
    return findings.stream();
  }
}
