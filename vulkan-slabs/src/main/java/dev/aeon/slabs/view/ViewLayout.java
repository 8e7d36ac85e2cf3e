package dev.aeon.slabs.view;

import java.util.Arrays;

/**
 * Extents and strides of a view, checked when made. The element at (i, j, …) lies {@code i *
 * stride(0) + j * stride(1) + …} elements behind the first.
 */
final class ViewLayout {
  static final int MAX_RANK = 4;

  private final long[] extents;
  private final long[] strides;

  private ViewLayout(long[] extents, long[] strides) {
    this.extents = extents;
    this.strides = strides;
  }

  /** Row after row without gaps. */
  static ViewLayout contiguous(long[] extents) {
    requireExtents(extents);
    long[] strides = new long[extents.length];
    long stride = 1;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride = multiply(stride, extents[axis], extents);
    }
    return new ViewLayout(extents.clone(), strides);
  }

  static ViewLayout strided(long[] extents, long[] strides) {
    requireExtents(extents);
    requireStrides(extents, strides);
    return new ViewLayout(extents.clone(), strides.clone());
  }

  int rank() {
    return extents.length;
  }

  long extent(int axis) {
    return extents[axis];
  }

  long stride(int axis) {
    return strides[axis];
  }

  long[] extents() {
    return extents.clone();
  }

  long elementCount() {
    long count = 1;
    for (long extent : extents) {
      count = multiply(count, extent, extents);
    }
    return count;
  }

  /** As {@link #elementCount} and {@link #spanByteSize} will: before anything is made of it. */
  ViewLayout requireCountable(ElementType type) {
    elementCount();
    spanByteSize(type);
    return this;
  }

  /** Elements from the first to the last, both included, gaps counted. */
  long spanElementCount() {
    long span = 1;
    for (int axis = 0; axis < extents.length; axis++) {
      span = add(span, multiply(extents[axis] - 1, strides[axis], extents), extents);
    }
    return span;
  }

  long spanByteSize(ElementType type) {
    return multiply(spanElementCount(), type.byteSize(), extents);
  }

  /** Whether the elements follow each other without gaps, last axis fastest. */
  boolean isContiguous() {
    long stride = 1;
    for (int axis = rank() - 1; axis >= 0; axis--) {
      if (extents[axis] != 1 && strides[axis] != stride) {
        return false;
      }
      stride *= extents[axis];
    }
    return true;
  }

  /** The same strides with fewer elements along one axis. */
  ViewLayout narrowed(int axis, long extent) {
    long[] narrowed = extents.clone();
    narrowed[axis] = extent;
    return strided(narrowed, strides);
  }

  /** Without the first axis. */
  ViewLayout dropped() {
    return new ViewLayout(
        Arrays.copyOfRange(extents, 1, rank()), Arrays.copyOfRange(strides, 1, rank()));
  }

  /** The axes in another order. */
  ViewLayout permuted(int[] axes) {
    long[] newExtents = new long[rank()];
    long[] newStrides = new long[rank()];
    boolean[] taken = new boolean[rank()];
    for (int i = 0; i < rank(); i++) {
      if (axes.length != rank() || axes[i] < 0 || axes[i] >= rank() || taken[axes[i]]) {
        throw new ViewLayoutException(
            "not each axis once: axes=%s rank=%d".formatted(Arrays.toString(axes), rank()));
      }
      taken[axes[i]] = true;
      newExtents[i] = extents[axes[i]];
      newStrides[i] = strides[axes[i]];
    }
    return new ViewLayout(newExtents, newStrides);
  }

  @Override
  public String toString() {
    return "shape=" + Arrays.toString(extents) + " strides=" + Arrays.toString(strides);
  }

  private static void requireExtents(long[] extents) {
    if (extents.length < 1 || extents.length > MAX_RANK) {
      throw new ViewLayoutException("rank is not within 1..4: rank=" + extents.length);
    }
    for (long extent : extents) {
      if (extent < 1) {
        throw new ViewLayoutException("extent is below 1: shape=" + Arrays.toString(extents));
      }
    }
  }

  private static void requireStrides(long[] extents, long[] strides) {
    if (strides.length != extents.length) {
      throw new ViewLayoutException(
          "strides and shape differ in rank: shape=%s strides=%s"
              .formatted(Arrays.toString(extents), Arrays.toString(strides)));
    }
    for (long stride : strides) {
      if (stride < 1) {
        throw new ViewLayoutException("stride is below 1: strides=" + Arrays.toString(strides));
      }
    }
  }

  private static long multiply(long left, long right, long[] extents) {
    try {
      return Math.multiplyExact(left, right);
    } catch (ArithmeticException overflow) {
      throw tooLarge(extents);
    }
  }

  private static long add(long left, long right, long[] extents) {
    try {
      return Math.addExact(left, right);
    } catch (ArithmeticException overflow) {
      throw tooLarge(extents);
    }
  }

  private static ViewLayoutException tooLarge(long[] extents) {
    return new ViewLayoutException(
        "shape spans more than 2^63-1 bytes: shape=" + Arrays.toString(extents));
  }
}
