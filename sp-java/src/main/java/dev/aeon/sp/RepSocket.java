package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Rep0Machine;

/**
 * REP: receives a request, then sends its one reply. A receive forgets the request before; a reply
 * without a request is an {@link SpStateException}, one to a peer that has gone is discarded.
 */
public final class RepSocket extends SpSocket implements Sender, Receiver {
  private RepSocket(SocketCore core) {
    super(core);
    addSendOptions();
    addReceiveOptions();
    option(SpOptions.MAX_HOPS, core.machine(Rep0Machine.class)::setMaxHopCount);
  }

  public static RepSocket open() {
    return new RepSocket(
        new SocketCore(effects -> new Rep0Machine(effects, SpOptions.MAX_HOPS.defaultValue())));
  }

  /** Opens one more conversation: a request and its reply at a time. */
  public RepContext openContext() {
    return new RepContext(this);
  }
}
