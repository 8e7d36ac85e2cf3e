package dev.aeon.slabs.broker;

import dev.aeon.slabs.ring.RingCorruptedException;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.Inbox;
import dev.aeon.slabs.transport.Outbox;

/**
 * Whoever is connected to the broker, and what it was sent. Sent frames are shown batch by batch.
 * For the broker's thread.
 */
abstract class Party {
  final Connection connection;
  final Outbox outbox;
  final Counter recordCount = new Counter();
  final Counter byteCount = new Counter();
  final Counter stallCount = new Counter();
  private final Inbox inbox;
  private boolean staged;
  private boolean broken;

  Party(Connection connection, Outbox outbox) {
    this.connection = connection;
    this.inbox = connection.inbox();
    this.outbox = outbox;
  }

  final Connection connection() {
    return connection;
  }

  final Inbox inbox() {
    return inbox;
  }

  /** What a peer has done to the slab that it reads is nobody's fault but its own. */
  final long claim(int byteSize) {
    try {
      return outbox.claim(byteSize);
    } catch (RingCorruptedException hostile) {
      broken = true;
      return Outbox.FULL;
    }
  }

  /** Whether its slab holds what no reader writes: it counts as gone. */
  final boolean isBroken() {
    return broken;
  }

  final void stage(int byteSize) {
    outbox.stage();
    staged = true;
    recordCount.add(1);
    byteCount.add(byteSize);
  }

  /** Shows the peer what was sent since; whether there was anything. */
  final boolean publish() {
    if (!staged) {
      return false;
    }
    staged = false;
    outbox.publish();
    return true;
  }
}
