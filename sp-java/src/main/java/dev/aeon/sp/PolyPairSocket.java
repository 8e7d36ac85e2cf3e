package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Pair1PolyMachine;

/**
 * PAIR, version 1, with many peers. A message received tells by {@link Message#pipeId} who sent it,
 * and one that names a pipe goes there: so a message sent back goes to whom it came from. One that
 * names none goes to the peer that connected first.
 */
public final class PolyPairSocket extends SpSocket implements Sender, Receiver {
  private PolyPairSocket(SocketCore core) {
    super(core);
    addSendOptions();
    addReceiveOptions();
    Pair1PolyMachine machine = core.machine(Pair1PolyMachine.class);
    option(SpOptions.RECEIVE_QUEUE, 0, machine::setReceiveQueueCount);
    option(SpOptions.FAIL_WITHOUT_PEER, machine::setFailsWithoutPeer);
    option(SpOptions.MAX_HOPS, machine::setMaxHopCount);
  }

  public static PolyPairSocket open() {
    return new PolyPairSocket(
        new SocketCore(
            effects -> new Pair1PolyMachine(effects, SpOptions.MAX_HOPS.defaultValue())));
  }
}
