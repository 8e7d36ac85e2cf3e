package dev.aeon.checks.bench.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jctools.queues.SpscArrayQueue;

/** JCTools' queue of references to byte arrays, which a second queue brings back. */
final class JcToolsRing implements Ring {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final int byteSize;
  private final SequenceCheck check;
  private final SpscArrayQueue<byte[]> full;
  private final SpscArrayQueue<byte[]> empty;

  JcToolsRing(int byteSize) {
    this.byteSize = byteSize;
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
    for (int at = 0; at < byteSize; at += Long.BYTES) {
      WORD.set(body, at, sequence + (at >> 3));
    }
    full.add(body);
    return true;
  }

  @Override
  public int drain(int limit) {
    return full.drain(this::read, limit);
  }

  private void read(byte[] body) {
    long sum = 0;
    for (int at = 0; at < byteSize; at += Long.BYTES) {
      sum += (long) WORD.get(body, at);
    }
    check.take((long) WORD.get(body, 0), sum);
    empty.add(body);
  }
}
