package dev.aeon.fleet;

/** Placeholder. */
public final class Probe {
  private Probe() {}
}
