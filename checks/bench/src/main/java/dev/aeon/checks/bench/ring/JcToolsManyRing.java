package dev.aeon.checks.bench.ring;

import org.jctools.queues.MpmcArrayQueue;

/** JCTools' queue of references to byte arrays, which a second queue brings back. */
final class JcToolsManyRing implements ManyRing {
  private final ManyCheck check;
  private final MpmcArrayQueue<byte[]> full = new MpmcArrayQueue<>(RECORDS);
  private final MpmcArrayQueue<byte[]> empty = new MpmcArrayQueue<>(RECORDS);

  JcToolsManyRing(int byteSize, int producers) {
    this.check = new ManyCheck(byteSize, producers);
    for (int count = 0; count < RECORDS; count++) {
      empty.add(new byte[byteSize]);
    }
  }

  @Override
  public boolean offer(int producer, long sequence) {
    byte[] body = empty.relaxedPoll();
    if (body == null) {
      return false;
    }
    ArrayPayload.write(body, ManyCheck.first(producer, sequence));
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
