package dev.aeon.checks.bench;

/** The benchmarks of one module. */
enum Suite {
  sp,
  psyne,
  apm,
  spoke
}
