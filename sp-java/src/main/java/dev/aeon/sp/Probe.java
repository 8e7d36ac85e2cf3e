package dev.aeon.sp;

/** Placeholder. */
public final class Probe {
  private Probe() {}
}
