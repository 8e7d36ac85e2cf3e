package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Pair0Machine;

/**
 * PAIR: two ends, messages both ways. While one peer is connected others are turned away; after it
 * has left the next may come.
 */
public final class PairSocket extends SpSocket implements Sender, Receiver {
  private PairSocket(SocketCore core) {
    super(core);
    addSendOptions();
    addReceiveOptions();
    Pair0Machine machine = core.machine(Pair0Machine.class);
    option(SpOptions.SEND_QUEUE, 0, machine::setSendQueueCount);
    option(SpOptions.RECEIVE_QUEUE, 0, machine::setReceiveQueueCount);
    option(SpOptions.FAIL_WITHOUT_PEER, machine::setFailsWithoutPeer);
  }

  public static PairSocket open() {
    return new PairSocket(new SocketCore(Pair0Machine::new));
  }
}
