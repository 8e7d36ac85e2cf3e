package dev.aeon.slabs.ring;

/**
 * The memory of a ring holds what no correct peer writes. The ring's position has not moved, so
 * that what is there can be inspected; the ring is of no further use.
 */
public final class RingCorruptedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long position;

  RingCorruptedException(String violation, long position) {
    super("ring corrupted, " + violation + " position=" + position);
    this.position = position;
  }

  /** Where: bytes from the beginning of the ring's life. */
  public long position() {
    return position;
  }
}
