package dev.aeon.spoke.validate.image;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compiled files, those that they import among them. Immutable. */
public final class Image {
  private final Map<String, ImageFile> files;

  private Image(Map<String, ImageFile> files) {
    this.files = files;
  }

  static Image of(Collection<ImageFile> files) {
    Map<String, ImageFile> byPath = new TreeMap<>();
    files.forEach(file -> byPath.put(file.path(), file));
    return new Image(byPath);
  }

  /** The files by path. */
  public Collection<ImageFile> files() {
    return Collections.unmodifiableCollection(files.values());
  }

  public @Nullable ImageFile file(String path) {
    return files.get(path);
  }

  /** All files of several images; one that is checked in any of them is checked. */
  public static Image merge(Collection<Image> images) {
    Map<String, ImageFile> merged = new TreeMap<>();
    for (Image image : images) {
      for (ImageFile file : image.files()) {
        merged.merge(file.path(), file, (known, other) -> known.isImport() ? other : known);
      }
    }
    return new Image(merged);
  }
}
