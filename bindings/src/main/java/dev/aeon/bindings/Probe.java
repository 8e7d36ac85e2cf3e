package dev.aeon.bindings;

/** Placeholder. */
public final class Probe {
  private Probe() {}
}
