package dev.aeon.checks.bench.ring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Records a second through one ring of one system, from threads that never rest to the one that
 * measures: every payload is written in full, read in full and checked. For each line on standard
 * input, milliseconds to warm up and to measure, it prints a line of figures; between lines nobody
 * reads, and the producers sleep. A process of its own, so that no system's code is compiled for
 * another's use.
 */
public final class RingWorker {
  private static final int PROCESSOR = 0;
  private static final int RECORDS = 10_000;
  private static final int EMPTY_LOOKS = 100_000;

  private final Drained ring;
  private final List<Thread> producers;
  private final boolean yields;

  private RingWorker(Drained ring, List<Runnable> producers, boolean yields) {
    this.ring = ring;
    this.producers = producers.stream().map(RingWorker::start).toList();
    this.yields = yields;
  }

  /**
   * Opens the ring, then answers line by line until there are no more.
   *
   * @param arguments benchmark, bytes of a payload, records of a batch, producers, system
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream results = System.out;
    System.setOut(System.err);
    RingSubject subject = RingSubject.parse(List.of(arguments));
    RingWorker worker = open(subject, arguments[4]);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      results.println(worker.round(line.split(" ")));
      results.flush();
    }
    worker.close();
  }

  private static RingWorker open(RingSubject subject, String system) {
    if (subject.isMany()) {
      ManyRing ring = ManyRing.open(system, subject.byteSize(), subject.producers());
      List<Runnable> producers =
          IntStream.range(0, subject.producers())
              .<Runnable>mapToObj(number -> new OneOfMany(ring, number))
              .toList();
      return new RingWorker(ring, producers, true);
    }
    Ring ring = Ring.open(system, subject.byteSize(), subject.batch());
    Processors.pin(PROCESSOR);
    return new RingWorker(
        ring,
        ring.isWrittenElsewhere()
            ? List.of()
            : List.of(new SingleProducer(ring::offer, subject.batch())),
        false);
  }

  private static Thread start(Runnable producer) {
    return Thread.ofPlatform().name("producer").start(producer);
  }

  private void close() throws InterruptedException {
    producers.forEach(Thread::interrupt);
    for (Thread each : producers) {
      each.join();
    }
    ring.close();
  }

  private String round(String[] millis) {
    drainFor(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(millis[0])));
    long begin = System.nanoTime();
    long count = drainFor(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(millis[1])));
    double seconds = (System.nanoTime() - begin) / 1e9;
    return String.format(Locale.ROOT, "{\"MESSAGES\": %.1f}", count / seconds);
  }

  private long drainFor(long nanos) {
    long begin = System.nanoTime();
    long count = 0;
    while (System.nanoTime() - begin < nanos) {
      count += drainSome();
    }
    return count;
  }

  /** A method of its own, so that the compiler sees it hot. */
  private int drainSome() {
    int drained = 0;
    int emptyLooks = 0;
    while (drained < RECORDS && emptyLooks < EMPTY_LOOKS) {
      int count = ring.drain(RECORDS - drained);
      drained += count;
      if (count == 0) {
        emptyLooks++;
        letOthersRun();
      }
    }
    return drained;
  }

  @SuppressWarnings("ThreadPriorityCheck") // more threads than processors
  private void letOthersRun() {
    if (yields) {
      Thread.yield();
    } else {
      Thread.onSpinWait();
    }
  }
}
