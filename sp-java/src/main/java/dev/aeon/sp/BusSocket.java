package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Bus0Machine;

/** BUS: sends to all neighbours, and receives from them; nobody beyond them hears. */
public final class BusSocket extends SpSocket implements Sender, Receiver {
  static final int QUEUE_COUNT = 16;

  private BusSocket(SocketCore core) {
    super(core);
    addSendOptions();
    addReceiveOptions();
    Bus0Machine machine = core.machine(Bus0Machine.class);
    option(SpOptions.SEND_QUEUE, QUEUE_COUNT, machine::setSendQueueCount);
    option(SpOptions.RECEIVE_QUEUE, QUEUE_COUNT, machine::setReceiveQueueCount);
  }

  public static BusSocket open() {
    return new BusSocket(
        new SocketCore(effects -> new Bus0Machine(effects, false, QUEUE_COUNT, QUEUE_COUNT)));
  }
}
