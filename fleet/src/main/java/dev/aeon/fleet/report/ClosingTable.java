package dev.aeon.fleet.report;

import dev.aeon.fleet.manager.FleetReport;
import dev.aeon.fleet.manager.Stage;
import dev.aeon.fleet.text.FileTally;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what the fleet did: agents, device, vectors, bytes, messages, time per stage. */
public final class ClosingTable {
  private static final double MEBIBYTE = 1 << 20;

  private final PrintStream out;

  private ClosingTable(PrintStream out) {
    this.out = out;
  }

  /** Prints the table of a run. */
  public static void print(FleetReport report, Terminal terminal) {
    ClosingTable table = new ClosingTable(terminal.out());
    report.agents().forEach(table::agent);
    table.totals(report);
  }

  private void agent(FleetReport.AgentReport agent) {
    row(
        agent.id(),
        agent.isLost()
            ? "lost (process %d)".formatted(agent.processId())
            : "%d shards, %,d vectors in %.1f MiB of slabs"
                .formatted(agent.shards(), agent.vectors(), agent.slabByteSize() / MEBIBYTE));
  }

  private void totals(FleetReport report) {
    report.agents().stream().filter(agent -> !agent.isLost()).findFirst().ifPresent(this::device);
    row("vectors", "%,d".formatted(report.vectors()));
    row("files", files(report));
    row("messages", "%,d".formatted(report.messages()));
    row("time", times(report.stageTimes()));
  }

  private void device(FleetReport.AgentReport agent) {
    row("device", agent.device());
    row("programs", agent.interpreter());
  }

  private static String files(FleetReport report) {
    FileTally files = report.files();
    return "%,d read, %,d bytes; skipped: %,d binary, %,d too large, %,d unreadable, %,d links"
        .formatted(
            files.files(),
            files.byteSize(),
            files.binary(),
            files.tooLarge(),
            files.unreadable() + report.unlistedFolders(),
            report.links());
  }

  private static String times(Map<Stage, Duration> times) {
    return times.entrySet().stream()
        .map(each -> "%s %.2f s".formatted(each.getKey().verb(), each.getValue().toMillis() / 1e3))
        .collect(Collectors.joining(", "));
  }

  private void row(String name, String value) {
    out.printf(Locale.ROOT, "%-10s %s%n", name, value);
  }
}
