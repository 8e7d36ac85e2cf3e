package dev.aeon.checks.bench.view;

import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.view.ElementType;
import dev.aeon.slabs.view.VariantView;

/** By our views. */
final class ViewElements implements Elements {
  private final VariantView row;
  private final VariantView matrix;
  private final VariantView halves;

  ViewElements(Slab slab) {
    this.row = VariantView.of(slab, ElementType.F32, 0, COUNT);
    this.matrix = VariantView.of(slab, ElementType.F32, 0, COUNT / COLUMNS, COLUMNS);
    this.halves = VariantView.of(slab, ElementType.F16, 0, COUNT);
  }

  @Override
  public float sum() {
    float sum = 0;
    for (int i = 0; i < COUNT; i++) {
      sum += row.getFloat(i);
    }
    return sum;
  }

  @Override
  public float fill(float value) {
    for (int i = 0; i < COUNT; i++) {
      row.setFloat(i, value);
    }
    return value;
  }

  @Override
  public float sumMatrix() {
    float sum = 0;
    for (int i = 0; i < COUNT / COLUMNS; i++) {
      for (int j = 0; j < COLUMNS; j++) {
        sum += matrix.getFloat(i, j);
      }
    }
    return sum;
  }

  @Override
  public float sumHalves() {
    float sum = 0;
    for (int i = 0; i < COUNT; i++) {
      sum += halves.getHalf(i);
    }
    return sum;
  }
}
