package dev.aeon.spoke.validate.breaking;

import dev.aeon.spoke.validate.image.Place;
import org.jspecify.annotations.Nullable;

/** Choosing between places. */
final class Places {
  private Places() {}

  /** The first place that is known. */
  static @Nullable Place first(@Nullable Place... places) {
    for (Place place : places) {
      if (place != null) {
        return place;
      }
    }
    return null;
  }
}
