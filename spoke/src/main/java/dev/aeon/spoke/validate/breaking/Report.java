package dev.aeon.spoke.validate.breaking;

import dev.aeon.spoke.validate.Finding;
import dev.aeon.spoke.validate.PackageVersion;
import dev.aeon.spoke.validate.config.BreakingConfig;
import dev.aeon.spoke.validate.image.ImageFile;
import dev.aeon.spoke.validate.image.Place;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where one rule reports to. What the configuration ignores, be it by the file as it is or by the
 * one that it was, is dropped here.
 */
final class Report {
  private final String rule;
  private final BreakingConfig config;
  private final Images images;
  private final Consumer<Finding> findings;

  Report(String rule, BreakingConfig config, Images images, Consumer<Finding> findings) {
    this.rule = rule;
    this.config = config;
    this.images = images;
    this.findings = findings;
  }

  Images images() {
    return images;
  }

  /**
   * Reports a change.
   *
   * @param place where the new image shows it, or null
   * @param file the file where there is no place, or null where that is gone
   * @param before where it was, or null
   */
  void add(
      @Nullable Place place, @Nullable ImageFile file, @Nullable Place before, String message) {
    add(place, file, before == null ? null : before.file(), message);
  }

  void add(
      @Nullable Place place, @Nullable ImageFile file, @Nullable ImageFile before, String message) {
    ImageFile where = place == null ? file : place.file();
    if (isIgnored(where) || isIgnored(before)) {
      return;
    }
    String path = where == null ? "" : where.path();
    findings.accept(new Finding(rule, path, place == null ? null : place.location(), message));
  }

  private boolean isIgnored(@Nullable ImageFile file) {
    return file != null
        && ((config.excludesImports() && file.isImport())
            || config.ignored().contains(rule, file.path())
            || (config.ignoresUnstablePackages() && isUnstable(file)));
  }

  private static boolean isUnstable(ImageFile file) {
    return PackageVersion.of(file.packageName()).map(version -> !version.isStable()).orElse(false);
  }
}
