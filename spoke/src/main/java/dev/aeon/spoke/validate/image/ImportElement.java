package dev.aeon.spoke.validate.image;

import org.jspecify.annotations.Nullable;

/**
 * An import statement.
 *
 * @param file the file that imports
 * @param index its position among the file's imports
 * @param path the file that is imported
 */
public record ImportElement(
    ImageFile file, int index, String path, boolean isPublic, boolean isUnused) {
  public @Nullable Place place() {
    return file.placeOf(ImageFile.DEPENDENCIES, index);
  }
}
