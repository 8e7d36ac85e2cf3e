package dev.aeon.checks.bench.view;

import dev.aeon.slabs.memory.Slab;

/**
 * The loops that are measured, over a matrix of floats, a row of floats, a row of halves, and as
 * many records of {@link TradeRecord}.
 */
interface Elements {
  int COUNT = 4096;
  int COLUMNS = 64;

  /** Bytes of slab that the loops go over. */
  long BYTE_SIZE = (long) COUNT * TradeRecord.BYTE_SIZE;

  static Elements open(String system, Slab slab) {
    return system.equals("aeon") ? new ViewElements(slab) : new SegmentElements(slab.segment());
  }

  float sum();

  float fill(float value);

  float sumMatrix();

  float sumHalves();

  /** What every field of every record comes to. */
  double sumRecords();

  /** Writes every field of every record. */
  double fillRecords(long first);
}
