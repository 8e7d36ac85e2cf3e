package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Pair1Machine;

/** PAIR, version 1: as {@link PairSocket}, with hops counted so that devices may stand between. */
public final class Pair1Socket extends SpSocket implements Sender, Receiver {
  private Pair1Socket(SocketCore core) {
    super(core);
    addSendOptions();
    addReceiveOptions();
    Pair1Machine machine = core.machine(Pair1Machine.class);
    option(SpOptions.SEND_QUEUE, 0, machine::setSendQueueCount);
    option(SpOptions.RECEIVE_QUEUE, 0, machine::setReceiveQueueCount);
    option(SpOptions.FAIL_WITHOUT_PEER, machine::setFailsWithoutPeer);
    option(SpOptions.MAX_HOPS, machine::setMaxHopCount);
  }

  public static Pair1Socket open() {
    return new Pair1Socket(
        new SocketCore(
            effects -> new Pair1Machine(effects, SpOptions.MAX_HOPS.defaultValue(), false)));
  }
}
