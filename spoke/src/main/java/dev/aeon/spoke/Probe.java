package dev.aeon.spoke;

/** Placeholder. */
public final class Probe {
  private Probe() {}
}
