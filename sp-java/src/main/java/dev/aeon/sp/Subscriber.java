package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Sub0Machine;

/** Subscribes for one conversation of a SUB socket. Thread-safe. */
record Subscriber(SocketCore core, Sub0Machine.Context machine) {
  void subscribe(byte[] prefix) {
    core.locked(() -> {
      machine.subscribe(prefix);
      return machine;
    });
  }

  void unsubscribe(byte[] prefix) {
    if (!core.locked(() -> machine.unsubscribe(prefix))) {
      throw new SpStateException("prefix is not subscribed: byteSize=" + prefix.length);
    }
  }
}
