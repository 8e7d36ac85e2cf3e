package dev.aeon.sp.core;

import dev.aeon.sp.transport.BackOff;
import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Keeps one pipe to an address: connects, and again after each loss, waiting longer each time. */
public final class CoreDialer extends CoreEndpoint {
  private final Transport transport;
  private final String address;
  private final BackOff backOff = new BackOff(new SplittableRandom());
  private Reactor.@Nullable Alarm retry;

  CoreDialer(SocketCore core, Transport transport, String address) {
    super(core);
    this.transport = transport;
    this.address = address;
  }

  void attempt() {
    retry = null;
    try {
      transport.connect(address, this);
    } catch (TransportException e) {
      core.counters().closed(CloseReason.CONNECT_FAILED);
      retryLater();
    }
  }

  private void retryLater() {
    CoreSettings settings = core.settings();
    long delayNanos = backOff.nextNanos(settings.reconnectMinNanos, settings.reconnectMaxNanos);
    retry = core.reactor().schedule(core, delayNanos, this::attempt);
  }

  @Override
  void pipeOpened() {
    backOff.reset();
  }

  @Override
  void pipeGone(CorePipe pipe) {
    super.pipeGone(pipe);
    if (!isClosed()) {
      retryLater();
    }
  }

  @Override
  void stop() {
    if (retry != null) {
      retry.cancel();
    }
  }
}
