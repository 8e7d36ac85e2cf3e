package dev.aeon.sp.transport.inproc;

import dev.aeon.sp.wire.Packet;
import org.jspecify.annotations.Nullable;

/**
 * Packets of one end that are not in its queue yet: small ones that a burst brings are copied into
 * one batch, so that a processor fetches their bytes from the other in neighbouring cache lines;
 * then at most one as it is. Confined to its strand.
 */
final class HeldPackets {
  private @Nullable Batch batch;
  private @Nullable Packet packet;

  /** Takes a copy of a small packet, to go with others; false if it does not fit. */
  boolean hold(Packet next) {
    if (packet != null || next.byteSize() > Batch.MAX_PACKET_BYTE_SIZE) {
      return false;
    }
    if (batch == null) {
      batch = new Batch();
    }
    return batch.add(next);
  }

  /** As {@link #hold}; false as well if it were worth passing on then. */
  boolean holdUnfilled(Packet next) {
    return (batch == null || !batch.isFullWith(next)) && hold(next);
  }

  /** Takes a packet over as it is; there is none yet. */
  void begin(Packet next) {
    packet = next;
  }

  /** Whether more is not worth waiting for. */
  boolean isFull() {
    return batch != null && batch.isFull();
  }

  boolean isEmpty() {
    return packet == null && !hasBatch();
  }

  private boolean hasBatch() {
    return batch != null && !batch.isEmpty();
  }

  /** Whether the queue has room for what comes next, and for some more of it. */
  boolean hasMuchRoomIn(PacketQueue.Offering queue) {
    return hasBatch() ? queue.hasRoomForBatches() : queue.hasHalfRoom();
  }

  /**
   * Hands over what the queue has room for.
   *
   * @return whether that was anything
   */
  boolean moveTo(PacketQueue.Offering queue) {
    boolean batchMoved = hasBatch() && queue.hasRoomForBatch();
    if (batchMoved) {
      moveBatch(queue);
    }
    boolean packetMoved = !hasBatch() && movePacket(queue);
    return batchMoved || packetMoved;
  }

  /** As {@link #moveTo}, for the last time: as much as the queue holds at all. */
  void leaveTo(PacketQueue.Offering queue) {
    if (hasBatch() && queue.hasRoom()) {
      moveBatch(queue);
    }
    if (!hasBatch()) {
      var _ = movePacket(queue);
    }
  }

  private void moveBatch(PacketQueue.Offering queue) {
    if (batch != null) {
      queue.offerBatch(batch.take());
    }
  }

  private boolean movePacket(PacketQueue.Offering queue) {
    Packet next = packet;
    if (next == null || !queue.hasRoom()) {
      return false;
    }
    packet = null;
    queue.offer(next);
    return true;
  }

  void releaseAll() {
    if (batch != null) {
      batch.close();
    }
    if (packet != null) {
      packet.release();
      packet = null;
    }
  }
}
