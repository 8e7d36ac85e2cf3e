package dev.aeon.spoke.validate.constraint;

import dev.aeon.spoke.validate.image.ImageFile;
import dev.aeon.spoke.validate.image.Place;
import org.jspecify.annotations.Nullable;

/** Where problems are reported to. */
@FunctionalInterface
public interface Problems {
  /**
   * Called for each problem, on the thread that checks.
   *
   * @param place what is wrong, or null where the source is not known
   */
  void add(@Nullable Place place, ImageFile file, String message);
}
