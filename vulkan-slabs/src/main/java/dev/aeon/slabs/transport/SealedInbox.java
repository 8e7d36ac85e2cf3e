package dev.aeon.slabs.transport;

import dev.aeon.slabs.memory.Slab;
import java.lang.foreign.MemorySegment;

/** Opens sealed records of a ring into memory of this process. */
final class SealedInbox implements Inbox {
  private static final int UNOPENED = -1;

  private final Inbox inner;
  private final Slab plain;
  private final MemorySegment segment;
  private final SealedGreeting greeting;
  private int openedByteSize = UNOPENED;

  SealedInbox(Inbox inner, Slab plain, SealedGreeting greeting) {
    this.inner = inner;
    this.plain = plain;
    this.segment = plain.segment();
    this.greeting = greeting;
  }

  @Override
  public Slab slab() {
    return plain;
  }

  @Override
  public MemorySegment segment() {
    return segment;
  }

  @Override
  public long capacity() {
    return inner.capacity();
  }

  @Override
  public long fillByteSize() {
    return inner.fillByteSize();
  }

  @Override
  public long peek() {
    if (openedByteSize != UNOPENED) {
      return 0;
    }
    SealedGreeting.Ciphers ciphers = greeting.ciphers();
    long at = ciphers == null ? EMPTY : inner.peek();
    if (ciphers == null || at == EMPTY) {
      return EMPTY;
    }
    openedByteSize = ciphers.incoming().open(inner.segment(), at, inner.peekedByteSize(), segment);
    return 0;
  }

  @Override
  public int peekedByteSize() {
    if (openedByteSize == UNOPENED) {
      throw new IllegalStateException("no record is peeked");
    }
    return openedByteSize;
  }

  @Override
  public void announceSleep() {
    inner.announceSleep();
  }

  @Override
  public void release() {
    peekedByteSize();
    openedByteSize = UNOPENED;
    inner.release();
  }
}
