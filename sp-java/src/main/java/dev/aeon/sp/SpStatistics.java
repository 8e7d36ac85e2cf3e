package dev.aeon.sp;

import dev.aeon.sp.core.CoreStatistics;
import dev.aeon.sp.transport.CloseReason;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a socket has counted since it was opened.
 *
 * @param openPipes connections that carry messages now
 * @param pipesOpened connections that ever did
 * @param messagesSent messages given to connections, resent ones again
 * @param messagesReceived messages that came from connections
 * @param messagesDropped messages thrown away by a rule of the pattern
 * @param closesByReason connections and attempts that ended, by reason, such as {@code
 *     PEER_CLOSED}, {@code CONNECT_FAILED}, {@code WRONG_PROTOCOL}, {@code MALFORMED_GREETING},
 *     {@code TOO_LARGE}
 */
public record SpStatistics(
    long openPipes,
    long pipesOpened,
    long messagesSent,
    long messagesReceived,
    long messagesDropped,
    Map<String, Long> closesByReason) {

  static SpStatistics of(CoreStatistics core) {
    return new SpStatistics(
        core.openPipeCount(),
        core.pipesOpened(),
        core.sent(),
        core.received(),
        core.dropped(),
        names(core.closesByReason()));
  }

  private static Map<String, Long> names(Map<CloseReason, Long> counts) {
    return counts.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(each -> each.getKey().name(), Map.Entry::getValue));
  }
}
