package dev.aeon.slabs.broker;

import dev.aeon.slabs.transport.Acceptor;
import dev.aeon.slabs.transport.TransportException;
import dev.aeon.slabs.transport.Transports;
import dev.aeon.slabs.transport.WaitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Stands between clients and workers. Each worker is a shard that serves ranges of hashes; requests
 * of one key are served in their order, each by one worker at a time, while shards come, go or die.
 * A request that a dead worker had not answered goes to another: so each is answered once, and may
 * be executed more than once. One thread does all of it; the methods here are for any other.
 */
public final class Broker implements AutoCloseable {
  private static final AtomicLong COUNT = new AtomicLong();

  private final Acceptor clients;
  private final Acceptor workers;
  private final WaitSet waits;
  private final BrokerLoop loop;
  private final Thread thread;
  private volatile boolean closed;

  private Broker(Acceptor clients, Acceptor workers, BrokerOptions options) {
    this.clients = clients;
    this.workers = workers;
    this.waits = WaitSet.open(options.connection().waiting(), options.longestSleep());
    this.loop = new BrokerLoop(clients, workers, options, waits, System::nanoTime);
    this.thread = Thread.ofPlatform().daemon().name("psyne-broker").unstarted(this::run);
  }

  /** A broker whose workers are threads of this process. */
  public static Broker bind(String clientUrl) {
    String workerUrl = "inproc://psyne-workers-%d".formatted(COUNT.incrementAndGet());
    return bind(clientUrl, workerUrl, BrokerOptions.DEFAULT);
  }

  /**
   * A broker.
   *
   * @param clientUrl where clients connect
   * @param workerUrl where workers connect
   * @throws TransportException where one of them cannot be bound
   */
  public static Broker bind(String clientUrl, String workerUrl, BrokerOptions options) {
    Acceptor clients = Transports.bind(clientUrl, options.connection());
    try {
      Acceptor workers = Transports.bind(workerUrl, options.connection());
      Broker broker = new Broker(clients, workers, options);
      broker.thread.start();
      return broker;
    } catch (TransportException refused) {
      clients.close();
      throw refused;
    }
  }

  /** Where clients connect. */
  public String clientUrl() {
    return clients.address();
  }

  /** Where workers connect. */
  public String workerUrl() {
    return workers.address();
  }

  /**
   * Lets workers go, the latest first, until there are {@code count} or fewer: their ranges go to
   * the others, and each ends when it has answered what it was sent.
   */
  public void retireTo(int count) {
    ask(running -> {
      running.retireTo(count);
      return count;
    });
  }

  /** How things stand. */
  public BrokerStatistics statistics() {
    return ask(BrokerLoop::statistics);
  }

  private <T> T ask(Function<BrokerLoop, T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    loop.execute(() -> {
      try {
        answer.complete(question.apply(loop));
      } catch (RuntimeException failed) {
        answer.completeExceptionally(failed);
      }
    });
    if (closed) {
      // The thread may have ended before it saw the question.
      answer.completeExceptionally(new IllegalStateException("broker is closed"));
    }
    try {
      return answer.join();
    } catch (CompletionException failed) {
      throw new IllegalStateException(failed.getCause());
    }
  }

  private void run() {
    clients.wakes(waits);
    workers.wakes(waits);
    try {
      while (!closed) {
        waits.after(loop.turn());
      }
    } finally {
      closed = true;
      loop.close();
      waits.close();
    }
  }

  /** Disconnects clients and workers. Idempotent. */
  @Override
  public void close() {
    closed = true;
    waits.signal();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
