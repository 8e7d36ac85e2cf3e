package dev.aeon.checks.bench.ring;

/** The thread that writes into a {@link Ring}, until it is interrupted. */
final class SingleProducer implements Runnable {
  private static final int PROCESSOR = 1;

  private final Ring ring;
  private final int batch;
  private final Patience patience = new Patience(false);

  SingleProducer(Ring ring, int batch) {
    this.ring = ring;
    this.batch = batch;
  }

  @Override
  public void run() {
    Processors.pin(PROCESSOR);
    long sequence = 0;
    while (!Thread.currentThread().isInterrupted()) {
      sequence = produceSome(sequence);
    }
  }

  /** A method of its own, so that the compiler sees it hot. */
  private long produceSome(long sequence) {
    int offered = ring.offer(sequence, batch);
    if (offered == 0) {
      patience.foundNone();
    } else {
      patience.foundRoom();
    }
    return sequence + offered;
  }
}
