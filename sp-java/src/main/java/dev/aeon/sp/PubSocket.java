package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Pub0Machine;

/** PUB: sends each message to every connected subscriber that keeps up. */
public final class PubSocket extends SpSocket implements Sender {
  private PubSocket(SocketCore core) {
    super(core);
    addSendOptions();
    Pub0Machine machine = core.machine(Pub0Machine.class);
    option(SpOptions.SEND_QUEUE, count -> machine.setQueueCount(Math.max(count, 1)));
    option(SpOptions.WAIT_FOR_SUBSCRIBERS, machine::setWaits);
  }

  public static PubSocket open() {
    return new PubSocket(
        new SocketCore(effects -> new Pub0Machine(effects, SpOptions.SEND_QUEUE.defaultValue())));
  }
}
