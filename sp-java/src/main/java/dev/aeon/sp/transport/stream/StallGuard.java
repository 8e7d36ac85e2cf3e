package dev.aeon.sp.transport.stream;

import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Reactor;
import org.jspecify.annotations.Nullable;

/**
 * Notices a message that was begun and makes no progress. Looks once per limit, so that a stall is
 * found after one limit to two. Confined to its strand.
 */
final class StallGuard implements AutoCloseable {
  private final PipeHost host;
  private final Runnable onStall;
  private Reactor.@Nullable Alarm alarm;
  private long arrivedBefore;

  StallGuard(PipeHost host, Runnable onStall) {
    this.host = host;
    this.onStall = onStall;
  }

  /** Begins to look, if part of a message has arrived. */
  void watch(StreamReader reader) {
    if (alarm == null && reader.isMidMessage()) {
      arrivedBefore = reader.arrivedByteCount();
      alarm =
          host.reactor().schedule(host.strand(), host.settings().stallNanos(), () -> look(reader));
    }
  }

  private void look(StreamReader reader) {
    alarm = null;
    if (reader.isMidMessage() && reader.arrivedByteCount() == arrivedBefore) {
      onStall.run();
    } else {
      watch(reader);
    }
  }

  @Override
  public void close() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }
}
