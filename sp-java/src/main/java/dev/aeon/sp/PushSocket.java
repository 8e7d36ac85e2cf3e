package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Push0Machine;

/** PUSH: spreads messages over the connected pullers, each to one of them that is ready. */
public final class PushSocket extends SpSocket implements Sender {
  private PushSocket(SocketCore core) {
    super(core);
    addSendOptions();
    Push0Machine machine = core.machine(Push0Machine.class);
    option(SpOptions.SEND_QUEUE, 0, machine::setSendQueueCount);
    option(SpOptions.FAIL_WITHOUT_PEER, machine::setFailsWithoutPeer);
  }

  public static PushSocket open() {
    return new PushSocket(new SocketCore(Push0Machine::new));
  }
}
