package dev.aeon.apm;

/** Placeholder. */
public final class Probe {
  private Probe() {}
}
