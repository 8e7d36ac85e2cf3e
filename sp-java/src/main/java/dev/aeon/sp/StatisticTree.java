package dev.aeon.sp;

import dev.aeon.sp.core.CoreDialer;
import dev.aeon.sp.core.CoreEndpoint;
import dev.aeon.sp.core.CorePipe;
import dev.aeon.sp.core.CoreStatistics;
import dev.aeon.sp.core.PipeCounters;
import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.transport.CloseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A socket's figures as a tree: socket, its dialers and listeners, their pipes. */
final class StatisticTree {
  private StatisticTree() {}

  /** With the strand held. */
  static StatisticNode of(SocketCore core) {
    CoreStatistics counted = core.statistics();
    List<CoreEndpoint> endpoints = core.endpoints();
    long dialers = endpoints.stream().filter(CoreDialer.class::isInstance).count();
    List<StatisticNode> nodes = new ArrayList<>();
    nodes.add(StatisticNode.of("id", core.id()));
    nodes.add(StatisticNode.of("protocol", core.protocol()));
    nodes.add(StatisticNode.of("dialers", dialers));
    nodes.add(StatisticNode.of("listeners", endpoints.size() - dialers));
    nodes.add(StatisticNode.of("pipes", counted.openPipeCount()));
    nodes.add(StatisticNode.of("tx_msgs", counted.sent()));
    nodes.add(StatisticNode.of("rx_msgs", counted.received()));
    nodes.add(StatisticNode.of("dropped_msgs", counted.dropped()));
    endpoints.forEach(each -> nodes.add(of(each)));
    return StatisticNode.scope("socket" + core.id(), nodes);
  }

  private static StatisticNode of(CoreEndpoint endpoint) {
    String kind = endpoint instanceof CoreDialer ? "dialer" : "listener";
    List<StatisticNode> nodes = new ArrayList<>();
    nodes.add(StatisticNode.of("id", endpoint.id()));
    nodes.add(StatisticNode.of("url", endpoint.url()));
    nodes.add(StatisticNode.of("pipes", endpoint.pipes().size()));
    nodes.add(StatisticNode.of("connections", endpoint.pipesOpened()));
    for (Map.Entry<CloseReason, Long> each : endpoint.closesByReason().entrySet()) {
      nodes.add(StatisticNode.of(each.getKey().name().toLowerCase(Locale.ROOT), each.getValue()));
    }
    endpoint.pipes().forEach(each -> nodes.add(of(each)));
    return StatisticNode.scope(kind + endpoint.id(), nodes);
  }

  private static StatisticNode of(CorePipe pipe) {
    PipeCounters counters = pipe.counters();
    return StatisticNode.scope(
        "pipe" + pipe.id(),
        List.of(
            StatisticNode.of("id", pipe.id()),
            StatisticNode.of("remote", pipe.properties().remoteAddress()),
            StatisticNode.of("tx_msgs", counters.sent()),
            StatisticNode.of("tx_bytes", counters.sentBytes()),
            StatisticNode.of("rx_msgs", counters.received()),
            StatisticNode.of("rx_bytes", counters.receivedBytes()),
            StatisticNode.of("dropped_msgs", counters.dropped()),
            StatisticNode.of("blocked", counters.blocked()),
            StatisticNode.of("queued_msgs", counters.queued())));
  }
}
