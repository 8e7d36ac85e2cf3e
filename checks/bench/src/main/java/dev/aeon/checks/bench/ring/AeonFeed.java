package dev.aeon.checks.bench.ring;

import dev.aeon.slabs.ring.RingProducer;

/** What writes records into one of our rings, in this process or another. */
final class AeonFeed {
  private final RingProducer producer;
  private final int byteSize;

  AeonFeed(RingProducer producer, int byteSize) {
    this.producer = producer;
    this.byteSize = byteSize;
  }

  /** As {@link Ring#offer}. */
  int offer(long sequence, int count) {
    int offered = 0;
    while (offered < count && stage(sequence + offered)) {
      offered++;
    }
    producer.publish();
    return offered;
  }

  private boolean stage(long sequence) {
    long byteOffset = producer.claim(byteSize);
    if (byteOffset == RingProducer.FULL) {
      return false;
    }
    SegmentPayload.write(producer.segment(), byteOffset, byteSize, sequence);
    producer.stage();
    return true;
  }
}
