package dev.aeon.sp.transport.stream;

import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Transport;

/**
 * What the layers of a pipe work for.
 *
 * @param address what was listened on or is dialed
 * @param direction which side this is
 * @param handler of the descriptors that layers watch in the connection's place
 * @param resume goes on with the pipe when something other than the descriptor has become ready;
 *     called with the strand held
 */
public record PipeContext(
    PipeHost host,
    String address,
    Transport.Direction direction,
    Reactor.ReadyHandler handler,
    Runnable resume) {
  public boolean isDialer() {
    return direction == Transport.Direction.DIAL;
  }
}
