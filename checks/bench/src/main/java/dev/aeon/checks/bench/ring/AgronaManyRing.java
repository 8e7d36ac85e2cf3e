package dev.aeon.checks.bench.ring;

import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Agrona's many-to-one ring over direct memory, by claim; it has but one consumer. */
final class AgronaManyRing implements ManyRing {
  private static final int TYPE = 1;

  private final int byteSize;
  private final ManyCheck check;
  private final RingBuffer ring =
      new ManyToOneRingBuffer(
          new UnsafeBuffer(
              BufferUtil.allocateDirectAligned(
                  Ring.BYTE_CAPACITY + RingBufferDescriptor.TRAILER_LENGTH, 64)));
  private final MessageHandler reader = this::read;

  AgronaManyRing(int byteSize, int producers) {
    this.byteSize = byteSize;
    this.check = new ManyCheck(byteSize, producers);
  }

  @Override
  public boolean offer(int producer, long sequence) {
    int index = ring.tryClaim(TYPE, byteSize);
    if (index < 0) {
      return false;
    }
    BufferPayload.write(ring.buffer(), index, byteSize, ManyCheck.first(producer, sequence));
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
