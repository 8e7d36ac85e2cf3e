package dev.aeon.slabs.broker;

import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.ring.SpscConsumer;
import dev.aeon.slabs.ring.SpscRing;
import dev.aeon.slabs.transport.Outbox;
import java.lang.foreign.MemorySegment;

/**
 * Keeps a replica of the worker's ring in a slab that the worker does not see, written before the
 * worker sees a request, and released when its answer has come. What a dying worker did to its own
 * ring reaches nobody who serves its requests after it.
 */
final class KeepingReplica extends Keeping {
  private final Slab slab;
  private final SpscRing ring;
  private final SpscConsumer replica;

  private KeepingReplica(Outbox outbox, Slab slab) {
    super(outbox.replicatedTo(slab.segment()));
    this.slab = slab;
    this.ring = SpscRing.attach(slab);
    this.replica = ring.consumer();
  }

  static KeepingReplica of(Outbox outbox, SlabDevice device) {
    Slab slab = device.allocate(SpscRing.slabByteSize(outbox.capacity()));
    SpscRing.create(slab);
    return new KeepingReplica(outbox, slab);
  }

  /** A full replica has no room for the record itself. */
  @Override
  boolean hasRoom(int byteSize) {
    return true;
  }

  @Override
  int keptByteSize(int byteSize) {
    return 0;
  }

  /** What was written and not shown yet is to be read here. */
  @Override
  void disconnect() {
    outbox.publish();
  }

  @Override
  long fillByteSize() {
    return ring.fillByteSize();
  }

  @Override
  MemorySegment memory() {
    return slab.segment();
  }

  @Override
  long frame() {
    return replica.peek();
  }

  @Override
  void release() {
    super.release();
    replica.peek();
    replica.release();
  }

  @Override
  public void close() {
    slab.close();
    super.close();
  }
}
