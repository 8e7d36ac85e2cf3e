package dev.aeon.checks.bench.ring;

import org.jctools.queues.SpscArrayQueue;

/** JCTools' queue of references to byte arrays, which a second queue brings back. */
final class JcToolsRing implements Ring {
  private final SequenceCheck check;
  private final SpscArrayQueue<byte[]> full;
  private final SpscArrayQueue<byte[]> empty;

  JcToolsRing(int byteSize) {
    this.check = new SequenceCheck(byteSize);
    int capacity = BYTE_CAPACITY / byteSize;
    this.full = new SpscArrayQueue<>(capacity);
    this.empty = new SpscArrayQueue<>(capacity);
    for (int count = 0; count < capacity; count++) {
      empty.add(new byte[byteSize]);
    }
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
    byte[] body = empty.relaxedPoll();
    if (body == null) {
      return false;
    }
    ArrayPayload.write(body, sequence);
    full.add(body);
    return true;
  }

  @Override
  public int drain(int limit) {
    return full.drain(this::read, limit);
  }

  private void read(byte[] body) {
    check.take(ArrayPayload.first(body), ArrayPayload.sum(body));
    empty.add(body);
  }
}
