package dev.aeon.slabs.interpreter;

import dev.aeon.slabs.view.ElementType;
import dev.aeon.slabs.view.VariantView;
import org.jspecify.annotations.Nullable;

/**
 * What a register holds at one point of a program: elements of a shape, in a view or in scratch
 * memory.
 *
 * @param view the view it stands for, or null where it lies in scratch memory
 * @param scratchOffset in elements, where it lies in scratch memory
 * @param columns 0 for a vector
 */
record Value(
    ElementType elementType,
    @Nullable VariantView view,
    long scratchOffset,
    long rows,
    long columns) {

  boolean isVector() {
    return columns == 0;
  }

  long elementCount() {
    return isVector() ? rows : rows * columns;
  }

  @Override
  public String toString() {
    return elementType + (isVector() ? "[" + rows + "]" : "[" + rows + "," + columns + "]");
  }
}
