package dev.aeon.checks.bench.ring;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;

/** The Disruptor with byte arrays as events, one producer, and a poller. */
final class DisruptorRing implements Ring {
  private final SequenceCheck check;
  private final RingBuffer<byte[]> ring;
  private final EventPoller<byte[]> poller;
  private final LoneCount wanted = new LoneCount();
  private final LoneCount drained = new LoneCount();

  DisruptorRing(int byteSize) {
    this.check = new SequenceCheck(byteSize);
    this.ring =
        RingBuffer.createSingleProducer(
            () -> new byte[byteSize], BYTE_CAPACITY / byteSize, new YieldingWaitStrategy());
    this.poller = ring.newPoller();
    ring.addGatingSequences(poller.getSequence());
  }

  @Override
  public int offer(long sequence, int count) {
    if (!ring.hasAvailableCapacity(count)) {
      return 0;
    }
    long last = ring.next(count);
    for (int index = 0; index < count; index++) {
      write(ring.get(last - count + 1 + index), sequence + index);
    }
    ring.publish(last - count + 1, last);
    return count;
  }

  private void write(byte[] body, long sequence) {
    ArrayPayload.write(body, sequence);
  }

  @Override
  public int drain(int limit) {
    wanted.set(limit);
    drained.set(0);
    try {
      poller.poll(this::read);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return (int) drained.get();
  }

  private boolean read(byte[] body, long position, boolean endOfBatch) {
    check.take(ArrayPayload.first(body), ArrayPayload.sum(body));
    long count = drained.get() + 1;
    drained.set(count);
    return count < wanted.get();
  }
}
