package dev.aeon.checks.bench.ring;

/** One of the threads that write into a {@link ManyRing}, until it is interrupted. */
final class OneOfMany implements Runnable {
  private final ManyRing ring;
  private final int number;
  private final Patience patience = new Patience(true);

  OneOfMany(ManyRing ring, int number) {
    this.ring = ring;
    this.number = number;
  }

  @Override
  public void run() {
    long sequence = 0;
    while (!Thread.currentThread().isInterrupted()) {
      sequence = produceSome(sequence);
    }
  }

  /** A method of its own, so that the compiler sees it hot. */
  private long produceSome(long sequence) {
    if (ring.offer(number, sequence)) {
      patience.foundRoom();
      return sequence + 1;
    }
    patience.foundNone();
    return sequence;
  }
}
