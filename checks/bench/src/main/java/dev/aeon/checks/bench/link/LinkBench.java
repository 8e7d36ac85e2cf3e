package dev.aeon.checks.bench.link;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures each contender in turn, round after round, and writes the table. */
@Command(
    name = "scripts/bench-datagram",
    mixinStandardHelpOptions = true,
    description = {
      "Measures ip:// and udp+sp:// beside tcp and libnng, between two network namespaces.",
      "Wants root."
    })
public final class LinkBench implements Callable<Integer> {
  private static final int MTU = 1_500;
  private static final int QUICK_DIVISOR = 10;

  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "one round of a tenth of the messages; writes nothing")
  private boolean quick;

  @Option(names = "--rounds", defaultValue = "5", description = "default: ${DEFAULT-VALUE}")
  private int roundCount;

  @Option(
      names = "--divide",
      defaultValue = "1",
      description = "an Nth of the messages (default: all)")
  private int divisor;

  @Option(
      names = "--only",
      description = "loads to measure: ${COMPLETION-CANDIDATES} (default: all)")
  private EnumSet<Load> loads = EnumSet.allOf(Load.class);

  @Option(names = "--nng-peer", required = true, hidden = true)
  private Path nngPeer = Path.of("");

  @Option(names = "--bare-peer", required = true, hidden = true)
  private Path barePeer = Path.of("");

  @Option(
      names = "--out",
      defaultValue = "docs/performance/datagram.md",
      description = "the table's file (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("");

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new LinkBench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter terminal = spec.commandLine().getOut();
    List<Row> rows = new ArrayList<>();
    try (Namespaces namespaces = new Namespaces(MTU)) {
      for (Load load : loads) {
        rows.addAll(measure(namespaces, load));
        terminal.println("measured " + load);
        terminal.flush();
      }
    }
    String table = Row.table(rows);
    terminal.print(table);
    terminal.flush();
    if (!quick) {
      Files.writeString(out, LinkPage.of(table, roundCount));
    }
    return 0;
  }

  private List<Row> measure(Namespaces namespaces, Load load) throws IOException {
    List<Row> rows =
        Contender.all(nngPeer, barePeer).stream().map(each -> new Row(each, load)).toList();
    for (int round = 0; round < (quick ? 1 : roundCount); round++) {
      for (Row row : rows) {
        row.measure(namespaces, quick ? QUICK_DIVISOR : divisor);
      }
    }
    return rows;
  }
}
