package dev.aeon.checks.bench.link;

/** The page around the table. */
final class LinkPage {
  private LinkPage() {}

  static String of(String table, int roundCount) {
    return """
    # Datagrams between two network namespaces

    Written by `scripts/bench-datagram` on %d processors, %s %s, Java %s: medians of %d rounds, all
    systems in turn in each, over a pair of virtual Ethernet devices with an MTU of 1,500. A ratio
    above 1 is in favour of the row, beside this project's `tcp://` in the same run. Processor time is
    that of both processes for a message sent one way, without the compiler of the JVM's.

    How to read it: raw sockets have no segmentation offload, so each packet of a large message costs
    a pass through the kernel, which the rows `ip alone` show; `ip` sends by UDP beside raw IP where
    4 KiB wait, as it does unless told otherwise. UDP's packets of one message go out, and come in, as runs that the
    kernel cuts and joins (`UDP_SEGMENT`, `UDP_GRO`). TCP has the same help, and the kernel's own
    acknowledgements; datagrams pay for theirs in the process, and for a checksum over every packet
    (raw IP has none of its own). `bare C` rows are two C programs that spin over the same sockets and
    neither number nor sum nor repair anything: what the kernel alone allows. Figures of a machine that does other work besides are worth their
    ratios at the most.

    %s\
    """
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.version"),
            roundCount,
            table);
  }
}
