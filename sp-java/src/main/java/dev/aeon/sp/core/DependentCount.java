package dev.aeon.sp.core;

/** How many there are who wait for readiness and do not poll themselves. Thread-safe. */
interface DependentCount {
  /** One more. */
  void more();

  /** One less. */
  void fewer();
}
