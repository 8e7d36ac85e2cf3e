package dev.aeon.checks.bench.ring;

import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Agrona's one-to-one ring over direct memory, by claim; it has no batched publishing. */
final class AgronaRing implements Ring {
  private static final int TYPE = 1;

  private final int byteSize;
  private final SequenceCheck check;
  private final RingBuffer ring =
      new OneToOneRingBuffer(
          new UnsafeBuffer(
              BufferUtil.allocateDirectAligned(
                  BYTE_CAPACITY + RingBufferDescriptor.TRAILER_LENGTH, 64)));
  private final MessageHandler reader = this::read;

  AgronaRing(int byteSize) {
    this.byteSize = byteSize;
    this.check = new SequenceCheck(byteSize);
  }

  @Override
  public int offer(long sequence, int count) {
    int offered = 0;
    while (offered < count && write(sequence + offered)) {
      offered++;
    }
    return offered;
  }

  private boolean write(long sequence) {
    int index = ring.tryClaim(TYPE, byteSize);
    if (index < 0) {
      return false;
    }
    BufferPayload.write(ring.buffer(), index, byteSize, sequence);
    ring.commit(index);
    return true;
  }

  @Override
  public int drain(int limit) {
    return ring.read(reader, limit);
  }

  private void read(int type, MutableDirectBuffer buffer, int index, int size) {
    check.take(buffer.getLong(index), BufferPayload.sum(buffer, index, size));
  }
}
