package dev.aeon.spoke.validate.config;

import java.nio.file.Path;
import java.util.List;

/**
 * One module of a folder: where its files are and how they are judged.
 *
 * @param roots the folders that its imports are relative to, relative to the configuration's
 * @param includes folders to take files from, relative to the configuration's; all where empty
 * @param excludes folders to take no file from, relative to the configuration's
 */
public record ModuleConfig(
    List<String> roots,
    List<String> includes,
    List<String> excludes,
    LintConfig lint,
    BreakingConfig breaking) {

  static ModuleConfig standard() {
    return new ModuleConfig(
        List.of("."), List.of(), List.of(), LintConfig.standard(), BreakingConfig.standard());
  }

  /** Whether a file, relative to the configuration's folder, belongs to the module. */
  public boolean contains(Path file) {
    Path path = file.normalize();
    boolean isIncluded = includes.isEmpty() || isUnderOneOf(path, includes);
    return isUnderOneOf(path, roots) && isIncluded && !isUnderOneOf(path, excludes);
  }

  private static boolean isUnderOneOf(Path path, List<String> folders) {
    return folders.stream()
        .map(folder -> Path.of(folder).normalize())
        .anyMatch(folder -> folder.toString().isEmpty() || path.startsWith(folder));
  }
}
