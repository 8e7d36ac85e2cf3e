package dev.aeon.sp.core;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds a close back while peers lack what was sent to them, as long as their endpoints' options
 * allow. Connections that the kernel keeps have nothing to wait for.
 */
final class Linger {
  private static final long PAUSE_NANOS = 100_000;

  private final SocketReactor reactor;
  private final List<CoreEndpoint> endpoints;
  private final long beganNanos;

  private Linger(SocketReactor reactor, List<CoreEndpoint> endpoints) {
    this.reactor = reactor;
    this.endpoints = endpoints;
    this.beganNanos = reactor.nanoTime();
  }

  /**
   * Waits on the calling thread, which holds no strand and is not the one that would bring the
   * peers' word. Interrupted threads do not wait.
   */
  static void await(SocketCore core, SocketReactor reactor, List<CoreEndpoint> endpoints) {
    Linger linger = new Linger(reactor, endpoints);
    if (!linger.isOver(core)) {
      linger.pause(core);
    }
  }

  private void pause(SocketCore core) {
    reactor.more();
    try {
      while (!isOver(core) && !Thread.currentThread().isInterrupted()) {
        LockSupport.parkNanos(this, PAUSE_NANOS);
      }
    } finally {
      reactor.fewer();
    }
  }

  private boolean isOver(SocketCore core) {
    core.lock();
    try {
      reactor.beforeWait();
      return endpoints.stream().allMatch(this::isOver);
    } finally {
      core.unlock();
    }
  }

  private boolean isOver(CoreEndpoint endpoint) {
    return reactor.nanoTime() - beganNanos >= endpoint.options().datagramLingerNanos
        || endpoint.pipes().stream().allMatch(CorePipe::isDelivered);
  }
}
