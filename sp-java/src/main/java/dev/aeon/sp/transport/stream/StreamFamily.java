package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.Descriptor;
import dev.aeon.sp.transport.PeerProperties;
import dev.aeon.sp.transport.TransportSettings;
import dev.aeon.sp.wire.Framing;

/** What tells one kind of stream socket from another. */
public interface StreamFamily {
  Framing framing();

  /**
   * What the system knows of a connection.
   *
   * @param address what was listened on or dialed
   */
  PeerProperties properties(Descriptor socket, String address);

  /** Sets a new connection up. */
  void configure(Descriptor socket, TransportSettings settings);
}
