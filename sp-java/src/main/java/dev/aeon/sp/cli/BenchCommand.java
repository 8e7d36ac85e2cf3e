package dev.aeon.sp.cli;

import picocli.CommandLine.Command;

/** {@code sp bench}: groups the measurements. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures latency and throughput over any pattern and address.")
final class BenchCommand {}
