package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Pull0Machine;

/** PULL: takes messages from all connected pushers in turn. */
public final class PullSocket extends SpSocket implements Receiver {
  private PullSocket(SocketCore core) {
    super(core);
    addReceiveOptions();
    option(SpOptions.RECEIVE_QUEUE, 0, core.machine(Pull0Machine.class)::setReceiveQueueCount);
  }

  public static PullSocket open() {
    return new PullSocket(new SocketCore(Pull0Machine::new));
  }
}
