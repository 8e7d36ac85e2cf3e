package dev.aeon.checks.bench.view;

import dev.aeon.slabs.memory.Slab;

/** The loops that are measured, over a matrix of floats, a row of floats and a row of halves. */
interface Elements {
  int COUNT = 4096;
  int COLUMNS = 64;

  /** Bytes of slab that the loops go over. */
  long BYTE_SIZE = COUNT * 4L;

  static Elements open(String system, Slab slab) {
    return system.equals("aeon") ? new ViewElements(slab) : new SegmentElements(slab.segment());
  }

  float sum();

  float fill(float value);

  float sumMatrix();

  float sumHalves();
}
