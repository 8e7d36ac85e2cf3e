package dev.aeon.spoke.validate.constraint;

import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.validate.image.Image;
import dev.aeon.spoke.validate.image.ImageFile;

/**
 * Checks the constraints of {@code buf.validate} options. Files that do not reach its package cost
 * nothing.
 */
public final class ConstraintCheck {
  private ConstraintCheck() {}

  /**
   * Checks all files of an image that are not there to be imported only.
   *
   * @throws SpokeException {@code INVALID_SCHEMA} where the image's files do not fit each other, or
   *     hold options that do not decode
   */
  public static void check(Image image, Problems problems) {
    DescriptorLinker linker = new DescriptorLinker(image);
    for (ImageFile file : image.files()) {
      if (!file.isImport() && linker.isConstrained(file)) {
        check(file, linker, problems);
      }
    }
  }

  private static void check(ImageFile file, DescriptorLinker linker, Problems problems) {
    file.forEachMessage(message -> MessageConstraints.check(message, linker, problems));
    file.forEachExtension(extension -> PredefinedRules.check(extension, linker, problems));
    file.forEachField(field -> FieldConstraints.check(field, linker, problems));
  }
}
