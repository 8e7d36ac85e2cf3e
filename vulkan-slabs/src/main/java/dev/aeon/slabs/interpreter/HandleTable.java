package dev.aeon.slabs.interpreter;

import dev.aeon.slabs.view.VariantView;
import java.util.List;

/** The views that a program's handles name. Immutable; the views' slabs stay their owners'. */
public record HandleTable(List<VariantView> views) {
  public HandleTable {
    views = List.copyOf(views);
  }

  /** A table with handle 0 for the first view, and so on. */
  public static HandleTable of(VariantView... views) {
    return new HandleTable(List.of(views));
  }
}
