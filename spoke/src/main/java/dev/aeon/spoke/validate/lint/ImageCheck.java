package dev.aeon.spoke.validate.lint;

import dev.aeon.spoke.validate.image.Image;
import dev.aeon.spoke.validate.image.ImageFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A rule that needs all files together. */
@FunctionalInterface
interface ImageCheck {
  void check(Image image, Report report);

  /** A rule on the files that have something in common, such as a package or a folder. */
  @FunctionalInterface
  interface GroupCheck {
    void check(String common, List<ImageFile> files, Report report);
  }

  static ImageCheck ofPackages(GroupCheck check) {
    return ofGroups(ImageFile::packageName, check);
  }

  static ImageCheck ofFolders(GroupCheck check) {
    return ofGroups(ImageFile::folder, check);
  }

  private static ImageCheck ofGroups(Function<ImageFile, String> common, GroupCheck check) {
    return (image, report) -> {
      Map<String, List<ImageFile>> groups = new TreeMap<>();
      for (ImageFile file : image.files()) {
        if (!file.isImport()) {
          groups.computeIfAbsent(common.apply(file), key -> new ArrayList<>()).add(file);
        }
      }
      groups.forEach((key, files) -> check.check(key, files, report));
    };
  }
}
