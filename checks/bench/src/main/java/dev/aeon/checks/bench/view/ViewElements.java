package dev.aeon.checks.bench.view;

import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.view.ElementType;
import dev.aeon.slabs.view.VariantView;
import java.lang.foreign.MemorySegment;

/** By our views and generated records. */
final class ViewElements implements Elements {
  private final VariantView row;
  private final VariantView matrix;
  private final VariantView halves;
  private final MemorySegment memory;
  private final TradeRecord trade = new TradeRecord();

  ViewElements(Slab slab) {
    this.row = VariantView.of(slab, ElementType.F32, 0, COUNT);
    this.matrix = VariantView.of(slab, ElementType.F32, 0, COUNT / COLUMNS, COLUMNS);
    this.halves = VariantView.of(slab, ElementType.F16, 0, COUNT);
    this.memory = slab.segment();
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

  @Override
  public double sumRecords() {
    double sum = 0;
    for (int i = 0; i < COUNT; i++) {
      trade.over(memory, (long) i * TradeRecord.BYTE_SIZE);
      sum += trade.getPrice() * trade.getQuantity() + trade.getId() + (trade.getTaker() ? 1 : 0);
    }
    return sum;
  }

  @Override
  public double fillRecords(long first) {
    for (int i = 0; i < COUNT; i++) {
      trade.over(memory, (long) i * TradeRecord.BYTE_SIZE);
      trade.setId(first + i);
      trade.setPrice(i);
      trade.setQuantity(i);
      trade.setTaker((i & 1) != 0);
    }
    return first;
  }
}
