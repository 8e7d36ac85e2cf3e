package dev.aeon.checks.bench.link;

/** The page around the table. */
final class LinkPage {
  private LinkPage() {}

  static String of(String table) {
    return """
    # Datagrams between two network namespaces

    Written by `scripts/bench-datagram` on %d processors, %s %s, Java %s: medians of five rounds, all
    systems in turn in each, over a pair of virtual Ethernet devices with an MTU of 1,500. A ratio
    above 1 is in favour of the row, beside this project's `tcp://` in the same run. Processor time is
    that of both processes for a message sent one way.

    %s\
    """
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.version"),
            table);
  }
}
