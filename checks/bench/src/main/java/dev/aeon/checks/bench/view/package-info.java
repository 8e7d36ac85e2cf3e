/**
 * Views and generated records beside plain memory segments. Entry type: {@link
 * dev.aeon.checks.bench.view.ViewBenchmark}. Must not know other benchmarks.
 */
package dev.aeon.checks.bench.view;
