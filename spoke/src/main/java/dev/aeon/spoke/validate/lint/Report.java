package dev.aeon.spoke.validate.lint;

import dev.aeon.spoke.validate.Finding;
import dev.aeon.spoke.validate.config.LintConfig;
import dev.aeon.spoke.validate.image.ImageFile;
import dev.aeon.spoke.validate.image.Place;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where one rule reports to; what the configuration or a comment suppresses is dropped here. */
final class Report {
  private final String rule;
  private final LintConfig config;
  private final Consumer<Finding> findings;

  Report(String rule, LintConfig config, Consumer<Finding> findings) {
    this.rule = rule;
    this.config = config;
    this.findings = findings;
  }

  LintConfig config() {
    return config;
  }

  /** Reports a place, or its file as a whole where the place is not known. */
  void add(@Nullable Place place, ImageFile file, String message) {
    if (config.ignored().contains(rule, file.path())) {
      return;
    }
    if (place == null) {
      findings.accept(new Finding(rule, file.path(), null, message));
    } else if (!config.allowsCommentIgnores() || !CommentIgnores.cover(rule, place)) {
      findings.accept(new Finding(rule, file.path(), place.location(), message));
    }
  }
}
