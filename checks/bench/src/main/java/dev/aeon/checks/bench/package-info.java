/**
 * Benchmarks of Aeon beside what a user would pick instead, in one run.
 *
 * <p>Entry type: {@link dev.aeon.checks.bench.Bench}. Knows the public interfaces alone.
 */
package dev.aeon.checks.bench;
