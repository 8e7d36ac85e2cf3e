package dev.aeon.sp.core;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches by token. A token is a slot and a generation that no other watch ever has, so that an
 * event which was read before its watch closed finds nothing. Thread-safe.
 */
final class WatchTable {
  static final long WAKE_UP_TOKEN = 0;

  private static final int GENERATION_SHIFT = 32;

  private @Nullable Watch[] slots = new Watch[16];
  private int generation;

  synchronized Watch add(
      Strand strand, int fd, Reactor.ReadyHandler handler, Consumer<Watch> onClose, Poller poller) {
    int slot = freeSlot();
    long token = (long) ++generation << GENERATION_SHIFT | slot;
    Watch watch = new Watch(strand, fd, handler, onClose, poller, token);
    slots[slot] = watch;
    return watch;
  }

  private int freeSlot() {
    for (int slot = 0; slot < slots.length; slot++) {
      if (slots[slot] == null) {
        return slot;
      }
    }
    slots = Arrays.copyOf(slots, slots.length * 2);
    return slots.length / 2;
  }

  synchronized @Nullable Watch find(long token) {
    Watch watch = slots[(int) token];
    return watch != null && watch.token() == token ? watch : null;
  }

  synchronized void remove(Watch watch) {
    slots[(int) watch.token()] = null;
  }
}
