package dev.aeon.slabs;

/** Placeholder. */
public final class Probe {
  private Probe() {}
}
