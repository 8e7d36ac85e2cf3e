package dev.aeon.slabs.ring;

/** The producer of a {@link BroadcastRing} no longer waits for this subscriber: subscribe anew. */
public final class SubscriberEvictedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long position;

  SubscriberEvictedException(long position) {
    super("subscriber was too slow and was evicted: position=" + position);
    this.position = position;
  }

  /** Up to where every record was read, in bytes from the beginning of the ring's life. */
  public long position() {
    return position;
  }
}
