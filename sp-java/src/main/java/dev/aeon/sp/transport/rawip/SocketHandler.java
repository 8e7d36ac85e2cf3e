package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.sp.transport.Reactor;

/**
 * What readiness of a packet socket means: who was told reads once, who looks by itself looks some
 * times.
 */
abstract class SocketHandler implements Reactor.ReadyHandler {
  final ReceiveCount receiveCount = new ReceiveCount();

  /** The kernel takes packets again. */
  abstract void roomCame();

  /** Whether there is still somebody to take packets. */
  abstract boolean takesPackets();

  /** Takes one batch of at most as many as {@link #receiveCount} tells; whether anything came. */
  abstract boolean receiveBatch(ReceiveBuffers buffers);

  /** What came together has been taken. */
  abstract void batchEnded();

  /** Takes what has come; looks so often before it finds that nothing has. */
  final void receive(int attemptCount) {
    ReceiveBuffers buffers = ReceiveBuffers.POOL.take();
    boolean isEmpty = true;
    for (int left = attemptCount; left > 0 && isEmpty && takesPackets(); left--) {
      isEmpty = !receive(buffers);
    }
    ReceiveBuffers.POOL.give(buffers);
    if (!isEmpty) {
      batchEnded();
    }
  }

  /** Whether anything came. */
  private boolean receive(ReceiveBuffers buffers) {
    boolean isEmpty = true;
    receiveCount.begin();
    for (int left = ReceiveCount.BATCHES_PER_EVENT;
        left > 0 && takesPackets() && receiveCount.isMoreLikely();
        left--) {
      isEmpty &= !receiveBatch(buffers);
    }
    return !isEmpty;
  }

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
