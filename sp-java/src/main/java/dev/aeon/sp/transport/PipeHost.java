package dev.aeon.sp.transport;

import dev.aeon.sp.wire.ProtocolNumber;

/** What a transport works for: the listener or dialer of one socket. */
public interface PipeHost {
  Strand strand();

  Reactor reactor();

  ProtocolNumber protocol();

  TransportSettings settings();

  /** That of the socket's sends. */
  Burst burst();

  /**
   * Announces a pipe that is being connected. Called with the strand held; what the pipe has to say
   * from then on goes to the returned events.
   */
  PipeEvents announce(TransportPipe pipe);
}
