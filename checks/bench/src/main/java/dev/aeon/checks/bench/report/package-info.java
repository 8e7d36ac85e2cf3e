/** What a run measured: as numbers, as JSON, as Markdown. Knows no benchmark. */
package dev.aeon.checks.bench.report;
