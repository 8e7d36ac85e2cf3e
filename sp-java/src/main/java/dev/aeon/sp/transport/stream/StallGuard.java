package dev.aeon.sp.transport.stream;

import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Reactor;
import org.jspecify.annotations.Nullable;

/**
 * Notices a message that was begun and makes too little progress: fewer bytes than the least within
 * the limit. Looks once per limit, so that a stall is found after one limit to two; time in which
 * nobody wanted a message does not count. Confined to its strand.
 */
final class StallGuard implements AutoCloseable {
  private final PipeHost host;
  private final MessageStream messages;
  private final Runnable onStall;
  private Reactor.@Nullable Alarm alarm;
  private long arrivedBefore;
  private boolean isWhole;

  StallGuard(PipeHost host, MessageStream messages, Runnable onStall) {
    this.host = host;
    this.messages = messages;
    this.onStall = onStall;
  }

  /** Begins to look, if part of a message has arrived. */
  void watch() {
    if (alarm == null && messages.isMidMessage()) {
      arrivedBefore = messages.arrivedByteCount();
      isWhole = true;
      alarm = host.reactor().schedule(host.strand(), host.settings().stallNanos(), this::look);
    }
  }

  /** The limit under way is not to be judged: reading had paused within it. */
  void startOver() {
    isWhole = false;
  }

  private void look() {
    alarm = null;
    long arrived = messages.arrivedByteCount() - arrivedBefore;
    if (isWhole && messages.isMidMessage() && arrived < host.settings().stallMinByteCount()) {
      onStall.run();
    } else {
      watch();
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
