package dev.aeon.spoke.validate.lint;

import dev.aeon.spoke.validate.PackageVersion;
import dev.aeon.spoke.validate.Quotes;
import dev.aeon.spoke.validate.image.Image;
import dev.aeon.spoke.validate.image.ImageFile;
import dev.aeon.spoke.validate.image.ImportElement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rules on packages, and on which files and folders they are spread over. */
final class PackageChecks {
  private PackageChecks() {}

  static void defined(ImageFile file, Report report) {
    if (file.packageName().isEmpty()) {
      report.add(null, file, "Files must have a package defined.");
    }
  }

  static void directoryMatch(ImageFile file, Report report) {
    String expected = file.packageName().replace('.', '/');
    if (!expected.isEmpty() && !expected.equals(file.folder())) {
      String message =
          "Files with package \"%s\" must be within a directory \"%s\" relative to root but were in directory \"%s\"."
              .formatted(file.packageName(), expected, file.folder());
      report.add(file.packagePlace(), file, message);
    }
  }

  static void lowerSnakeCase(ImageFile file, Report report) {
    String expected =
        Arrays.stream(file.packageName().split("\\.", -1))
            .map(Names::lowerSnakeCase)
            .collect(Collectors.joining("."));
    if (!expected.equals(file.packageName())) {
      String message =
          "Package name \"%s\" should be lower_snake.case, such as \"%s\"."
              .formatted(file.packageName(), expected);
      report.add(file.packagePlace(), file, message);
    }
  }

  static void versionSuffix(ImageFile file, Report report) {
    String name = file.packageName();
    if (!name.isEmpty() && PackageVersion.of(name).isEmpty()) {
      String message =
          "Package name \"%s\" should be suffixed with a correctly formed version, such as \"%s.v1\"."
              .formatted(name, name);
      report.add(file.packagePlace(), file, message);
    }
  }

  static void directorySamePackage(String folder, List<ImageFile> files, Report report) {
    Set<String> packages = distinct(files, ImageFile::packageName);
    if (packages.size() < 2) {
      return;
    }
    boolean hasNone = packages.remove("");
    String names =
        "%s \"%s\""
            .formatted(packages.size() > 1 ? "Multiple packages" : "Package", join(packages));
    String message =
        "%s%s detected within directory \"%s\"."
            .formatted(names, hasNone ? " and file with no package" : "", folder);
    files.forEach(file -> report.add(file.packagePlace(), file, message));
  }

  static void sameDirectory(String packageName, List<ImageFile> files, Report report) {
    Set<String> folders = distinct(files, ImageFile::folder);
    if (folders.size() > 1) {
      String message =
          "Multiple directories \"%s\" contain files with package \"%s\"."
              .formatted(join(folders), packageName);
      files.forEach(file -> report.add(file.packagePlace(), file, message));
    }
  }

  /** A rule that a file option has one value in a package. */
  static ImageCheck.GroupCheck sameOption(
      String option, int number, Function<ImageFile, String> value) {
    return (packageName, files, report) -> {
      Set<String> values = distinct(files, value);
      if (values.size() < 2) {
        return;
      }
      String pattern =
          values.remove("")
              ? "Files in package \"%s\" have both values \"%s\" and no value for option \"%s\" and all values must be equal."
              : "Files in package \"%s\" have multiple values \"%s\" for option \"%s\" and all values must be equal.";
      String message = pattern.formatted(packageName, Quotes.escape(join(values)), option);
      files.forEach(file -> report.add(file.optionPlace(number), file, message));
    };
  }

  static void noUnstableImport(Image image, Report report) {
    for (ImageFile file : image.files()) {
      boolean isStable =
          PackageVersion.of(file.packageName()).map(PackageVersion::isStable).orElse(false);
      if (!file.isImport() && isStable) {
        file.imports().forEach(each -> stableImport(image, each, report));
      }
    }
  }

  private static void stableImport(Image image, ImportElement each, Report report) {
    ImageFile imported = image.file(each.path());
    if (imported == null || imported.isImport()) {
      return;
    }
    boolean isStable =
        PackageVersion.of(imported.packageName()).map(PackageVersion::isStable).orElse(true);
    if (!isStable) {
      String message =
          "This file is in stable package \"%s\", so it should not depend on \"%s\" from unstable package \"%s\"."
              .formatted(each.file().packageName(), each.path(), imported.packageName());
      report.add(each.place(), each.file(), message);
    }
  }

  private static Set<String> distinct(List<ImageFile> files, Function<ImageFile, String> value) {
    return files.stream().map(value).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String join(Set<String> values) {
    return String.join(",", values);
  }
}
