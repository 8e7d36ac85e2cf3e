package dev.aeon.checks.bench.ring;

/** The thread that writes into one ring, until it is interrupted. */
final class SingleProducer implements Runnable {
  private static final int PROCESSOR = 1;

  /** What offers a count of records from a sequence on, as {@link Ring#offer} does. */
  interface Feed {
    int offer(long sequence, int count);
  }

  private final Feed feed;
  private final int batch;
  private final Patience patience = new Patience(false);

  SingleProducer(Feed feed, int batch) {
    this.feed = feed;
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
    int offered = feed.offer(sequence, batch);
    if (offered == 0) {
      patience.foundNone();
    } else {
      patience.foundRoom();
    }
    return sequence + offered;
  }
}
