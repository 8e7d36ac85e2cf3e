package dev.aeon.apm.cli;

import picocli.CommandLine.Command;

@Command(
    name = "dlq",
    mixinStandardHelpOptions = true,
    description = "Lists the messages that failed for good, or works with them.",
    footer = {
      "",
      "Examples:",
      "  apm dlq -agent manager_001",
      "  apm dlq show dlq_20260131_100000_01K…",
      "  apm dlq redrive -all -agent manager_001",
      "  apm dlq purge -before 7d"
    })
final class DlqCommand extends DlqListCommand {}
