package dev.aeon.sp.transport.descriptor;

import dev.aeon.bindings.Descriptor;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.TransportListener;
import dev.aeon.sp.transport.stream.StreamFamily;
import dev.aeon.sp.transport.stream.StreamPipe;
import org.jspecify.annotations.Nullable;

/** A listener that has its one connection already, and begins it once it is in place. */
final class AdoptedConnection implements TransportListener {
  private final String address;
  private final PipeHost host;
  private final StreamFamily family;
  private final Reactor.Alarm beginning;
  private @Nullable Descriptor waiting;

  AdoptedConnection(String address, PipeHost host, Descriptor socket, StreamFamily family) {
    this.address = address;
    this.host = host;
    this.family = family;
    this.waiting = socket;
    this.beginning = host.reactor().schedule(host.strand(), 0, this::begin);
  }

  @Override
  public String address() {
    return address;
  }

  private void begin() {
    if (waiting != null) {
      Descriptor socket = waiting;
      waiting = null;
      StreamPipe.announce(host, family, address).connecting(socket);
    }
  }

  @Override
  public void close() {
    beginning.cancel();
    if (waiting != null) {
      waiting.close();
      waiting = null;
    }
  }
}
