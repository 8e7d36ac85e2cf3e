package dev.aeon.slabs.transport.sp;

import dev.aeon.slabs.frame.FrameException;
import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.ring.SpscConsumer;
import dev.aeon.slabs.ring.SpscProducer;
import dev.aeon.slabs.ring.SpscRing;
import dev.aeon.slabs.transport.RingOutbox;
import dev.aeon.slabs.transport.Sleepers;
import dev.aeon.slabs.transport.WaitSet;
import dev.aeon.sp.Message;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The two rings of one end. One thread fills messages from what the application wrote, another
 * empties arriving messages into what it reads. What is on its way is bounded by half the peer's
 * ring, so that an arriving record always finds room, padding included.
 */
final class SpLink implements WaitSet.Member, AutoCloseable {
  /** Records are put together into messages of about this size. */
  private static final int MESSAGE_BYTES = 1 << 16;

  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final SpscConsumer outgoing;
  private final SpscProducer incoming;
  private final RingOutbox outbox;
  private final CountingInbox inbox;
  private final long windowByteSize;
  private final Message message = Message.empty();
  private final Sleepers sleepers = new Sleepers();
  private final WaitSet sending;
  private long sentByteCount;
  private volatile long toldReleasedByteCount;
  private volatile long releasedByPeerByteCount;
  private volatile boolean open = true;

  /**
   * @param writtenByteSize of the ring that the peer reads, and of the one here before it
   * @param readByteSize of the ring that is read here
   * @param sending where the thread waits that sends messages; it is woken by what there is to send
   */
  SpLink(long writtenByteSize, long readByteSize, WaitSet sending) {
    Slab written = device.allocate(SpscRing.slabByteSize(writtenByteSize));
    Slab read = device.allocate(SpscRing.slabByteSize(readByteSize));
    SpscRing outRing = SpscRing.create(written);
    SpscRing inRing = SpscRing.create(read);
    this.outgoing = outRing.consumer();
    this.incoming = inRing.producer();
    this.sending = sending;
    this.outbox = new RingOutbox(written, outRing, sending::signal);
    this.inbox = new CountingInbox(read, inRing, this::onRelease);
    this.windowByteSize = writtenByteSize / 2;
    outgoing.wakesThrough(sleepers);
    incoming.wakesThrough(sleepers);
  }

  /** Who waits for what arrives here, and for room. */
  Sleepers sleepers() {
    return sleepers;
  }

  /** For the thread that sends. */
  @Override
  public synchronized void announceSleep() {
    if (open) {
      outgoing.announceSleep();
    }
  }

  private void onRelease() {
    if (isCreditDue()) {
      sending.signal();
    }
  }

  RingOutbox outbox() {
    return outbox;
  }

  CountingInbox inbox() {
    return inbox;
  }

  boolean isOpen() {
    return open;
  }

  void lose() {
    open = false;
    sleepers.signal();
    sending.signal();
  }

  /**
   * A message of what there is to be told, or null; it is to be sent before the next is asked for.
   */
  synchronized @Nullable Message nextMessage() {
    if (!open || (outgoing.peek() == SpscConsumer.EMPTY && !isCreditDue())) {
      return null;
    }
    long first =
        outgoing.peek() == SpscConsumer.EMPTY ? 0 : Envelope.padded(outgoing.peekedByteSize());
    if (first > credit() && !isCreditDue()) {
      return null;
    }
    message.refill(Math.max(MESSAGE_BYTES, Envelope.HEADER_BYTES + first));
    fill(message.body());
    return message;
  }

  private void fill(MemorySegment body) {
    long end = Envelope.HEADER_BYTES;
    int recordCount = 0;
    while (outgoing.peek() != SpscConsumer.EMPTY && fits(body, end)) {
      int byteSize = outgoing.peekedByteSize();
      Envelope.writeRecordSize(body, end, byteSize);
      long at = end + Envelope.RECORD_HEADER_BYTES;
      MemorySegment.copy(outgoing.segment(), outgoing.peek(), body, at, byteSize);
      outgoing.release();
      sentByteCount += Envelope.padded(byteSize);
      end += Envelope.padded(byteSize);
      recordCount++;
    }
    toldReleasedByteCount = inbox.releasedByteCount();
    Envelope.write(body, Envelope.RECORDS, recordCount, toldReleasedByteCount);
    message.chop(body.byteSize() - end);
  }

  private boolean fits(MemorySegment body, long end) {
    long byteSize = Envelope.padded(outgoing.peekedByteSize());
    return byteSize <= credit() && byteSize <= body.byteSize() - end;
  }

  private long credit() {
    return windowByteSize - (sentByteCount - releasedByPeerByteCount);
  }

  /** Whether the peer should be told of room although there is nothing else to tell. */
  private boolean isCreditDue() {
    return inbox.releasedByteCount() - toldReleasedByteCount >= inbox.capacity() / 8;
  }

  /**
   * Takes a message of the peer's in.
   *
   * @throws FrameException where it is not what a peer sends
   */
  void take(MemorySegment body) {
    long released = Envelope.released(body);
    if (released < releasedByPeerByteCount) {
      throw new FrameException("peer takes back what it released: released=" + released);
    }
    releasedByPeerByteCount = released;
    sending.signal();
    long at = Envelope.HEADER_BYTES;
    for (int left = Envelope.recordCount(body); left > 0; left--) {
      int byteSize = Envelope.recordByteSize(body, at);
      append(body, at + Envelope.RECORD_HEADER_BYTES, byteSize);
      at += Envelope.padded(byteSize);
    }
    incoming.publish();
  }

  private void append(MemorySegment body, long byteOffset, int byteSize) {
    if (byteSize > incoming.maxPayloadByteSize()) {
      throw new FrameException("record is larger than the ring takes: byteSize=" + byteSize);
    }
    long to = incoming.claim(byteSize);
    if (to == SpscProducer.FULL) {
      throw new FrameException("peer sends more than there is room for: byteSize=" + byteSize);
    }
    MemorySegment.copy(body, byteOffset, incoming.segment(), to, byteSize);
    incoming.stage();
  }

  /** Frees the rings; no thread may be in any other method, nor come. */
  @Override
  public void close() {
    open = false;
    message.close();
    device.close();
  }
}
