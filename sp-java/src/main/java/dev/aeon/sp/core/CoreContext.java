package dev.aeon.sp.core;

import dev.aeon.sp.protocol.MachineContext;

/** A conversation of a socket beside its own. Confined to the socket's strand. */
public final class CoreContext {
  private final MachineContext machine;
  private boolean closed;

  CoreContext(MachineContext machine) {
    this.machine = machine;
  }

  /** The machine's part, as what it is; to be used with the strand held. */
  public <C extends MachineContext> C machine(Class<C> type) {
    return type.cast(machine);
  }

  MachineContext machine() {
    return machine;
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    if (!closed) {
      closed = true;
      machine.close();
    }
  }
}
