package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.Descriptor;
import dev.aeon.sp.transport.TransportSettings;
import dev.aeon.sp.wire.Framing;

/** What tells one kind of stream socket from another. */
public interface StreamFamily {
  Framing framing();

  /** Sets a new connection up. */
  void configure(Descriptor socket, TransportSettings settings);
}
