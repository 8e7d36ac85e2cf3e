package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.Descriptor;
import dev.aeon.sp.transport.PeerProperties;
import dev.aeon.sp.transport.TransportSettings;

/** What tells one kind of stream connection from another. Thread-safe. */
public interface StreamFamily {
  /** Sets a new connection up. */
  void configure(Descriptor socket, TransportSettings settings);

  /**
   * What the system knows of a connection.
   *
   * @param address what was listened on or dialed
   */
  PeerProperties properties(Descriptor socket, String address);

  /** How packets travel over a connection, whose ownership passes. */
  MessageStream messages(ByteStream connection, PipeContext context);

  /** Whether the accepting side sends before it has received anything. */
  default boolean accepterSpeaksFirst() {
    return true;
  }
}
