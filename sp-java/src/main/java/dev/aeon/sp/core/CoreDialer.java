package dev.aeon.sp.core;

import dev.aeon.sp.transport.BackOff;
import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one pipe to an address. One that was lost after it had lasted is sought again at once; else
 * each attempt waits longer than the one before.
 */
public final class CoreDialer extends CoreEndpoint {
  /** How long a pipe has to last to count as a success: a peer that only refuses is left alone. */
  private static final long LASTING_NANOS = 1_000_000_000;

  private final Transport transport;
  private final String address;
  private final BackOff backOff = new BackOff(new SplittableRandom());
  private Reactor.@Nullable Alarm retry;
  private @Nullable FirstAttempt first;

  CoreDialer(SocketCore core, Transport transport, String address) {
    super(core);
    this.transport = transport;
    this.address = address;
  }

  @Override
  public String url() {
    return transport.scheme() + "://" + address;
  }

  @Override
  void begin() {
    attempt();
  }

  /** Has {@code attempt} told of how the first attempt ends, and makes no other if it fails. */
  void reportFirstTo(FirstAttempt attempt) {
    first = attempt;
  }

  private void attempt() {
    retry = null;
    try {
      transport.connect(address, this);
    } catch (TransportException e) {
      core.counters().closed(CloseReason.CONNECT_FAILED);
      failed(CloseReason.CONNECT_FAILED);
      attemptFailed(CloseReason.CONNECT_FAILED, String.valueOf(e.getMessage()));
    }
  }

  private void attemptFailed(CloseReason reason, String detail) {
    FirstAttempt waiting = first;
    first = null;
    if (waiting == null) {
      retryAfterBackOff();
    } else {
      core.afterUnlock(() -> waiting.failed(reason, detail));
    }
  }

  private void retryAfterBackOff() {
    retryIn(backOff.nextNanos(options().reconnectMinNanos, options().reconnectMaxNanos));
  }

  private void retryIn(long delayNanos) {
    retry = core.reactor().schedule(core, delayNanos, this::attempt);
  }

  @Override
  void pipeOpened(CorePipe pipe) {
    super.pipeOpened(pipe);
    FirstAttempt waiting = first;
    first = null;
    if (waiting != null) {
      core.afterUnlock(() -> waiting.connected(pipe));
    }
  }

  @Override
  void pipeGone(CorePipe pipe, CloseReason reason, String detail) {
    super.pipeGone(pipe, reason, detail);
    if (isClosed()) {
      return;
    }
    if (pipe.openNanos(core.nanoTime()) >= LASTING_NANOS) {
      backOff.reset();
      retryIn(0);
    } else {
      attemptFailed(reason, detail);
    }
  }

  @Override
  void stop() {
    if (retry != null) {
      retry.cancel();
    }
    FirstAttempt waiting = first;
    first = null;
    if (waiting != null) {
      core.afterUnlock(() -> waiting.failed(CloseReason.LOCAL, "dialer closed"));
    }
  }
}
