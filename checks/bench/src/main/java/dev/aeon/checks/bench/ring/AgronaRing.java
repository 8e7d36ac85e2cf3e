package dev.aeon.checks.bench.ring;

import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Agrona's one-to-one ring over direct memory. */
final class AgronaRing implements Ring {
  private static final int TYPE = 1;

  private final RingBuffer ring =
      new OneToOneRingBuffer(
          new UnsafeBuffer(
              BufferUtil.allocateDirectAligned(
                  BYTE_CAPACITY + RingBufferDescriptor.TRAILER_LENGTH, 64)));
  private final MessageHandler adder = this::add;
  private long sum;

  @Override
  public boolean offer(long value, int byteSize) {
    int index = ring.tryClaim(TYPE, byteSize);
    if (index < 0) {
      return false;
    }
    ring.buffer().putLong(index, value);
    ring.commit(index);
    return true;
  }

  @Override
  public int drain(int limit) {
    return ring.read(adder, limit);
  }

  private void add(int type, MutableDirectBuffer buffer, int index, int byteSize) {
    sum += buffer.getLong(index);
  }

  @Override
  public long sum() {
    return sum;
  }

  @Override
  public void close() {}
}
