package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.sp.transport.Reactor;

/**
 * What readiness of a packet socket means: who was told reads once, who looks by itself looks some
 * times.
 */
abstract class SocketHandler implements Reactor.ReadyHandler {
  /** The kernel takes packets again. */
  abstract void roomCame();

  /** Takes what has come; looks so often before it finds that nothing has. */
  abstract void receive(int attemptCount);

  @Override
  public final void ready(int events) {
    if ((events & Poller.WRITABLE) != 0) {
      roomCame();
    }
    if ((events & ~Poller.WRITABLE) != 0) {
      receive(1);
    }
  }

  @Override
  public final boolean looksItself() {
    return true;
  }

  @Override
  public final void look() {
    receive(ReceiveCount.ATTEMPTS_PER_LOOK);
  }
}
