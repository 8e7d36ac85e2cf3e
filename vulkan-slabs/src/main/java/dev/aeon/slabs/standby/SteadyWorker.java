package dev.aeon.slabs.standby;

import dev.aeon.slabs.rpc.RequestHandler;
import dev.aeon.slabs.rpc.SocketOptions;
import dev.aeon.slabs.rpc.Worker;
import dev.aeon.slabs.transport.TransportException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Serves requests for one {@link StandbyBroker} after the other, each time as a new {@link Worker},
 * until it is closed. A worker that its broker lets go comes back too. Thread-safe.
 */
public final class SteadyWorker implements AutoCloseable {
  private static final long PAUSE_MILLIS = 10;

  private final Office office;
  private final String workerUrl;
  private final RequestHandler handler;
  private final SocketOptions options;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Worker current;

  private SteadyWorker(
      Office office, String workerUrl, RequestHandler handler, SocketOptions options) {
    this.office = office;
    this.workerUrl = workerUrl;
    this.handler = handler;
    this.options = options;
    this.thread = Thread.ofPlatform().daemon().name("psyne-steady-worker").unstarted(this::run);
  }

  /**
   * Starts; there need be no broker yet.
   *
   * @param office the file of the brokers, on the same machine
   */
  public static SteadyWorker start(
      Path office, String workerUrl, RequestHandler handler, SocketOptions options) {
    SteadyWorker worker = new SteadyWorker(new Office(office), workerUrl, handler, options);
    worker.thread.start();
    return worker;
  }

  private void run() {
    try {
      do {
        serveNext();
      } while (!closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void serveNext() throws InterruptedException {
    ProcessLock serving = office.tryServe();
    if (serving == null) {
      return;
    }
    try {
      serve();
    } finally {
      serving.release();
    }
  }

  /** Until the broker is gone and nothing of it is executed any more. */
  private void serve() throws InterruptedException {
    try (Worker worker = Worker.connect(workerUrl, handler, options)) {
      current = worker;
      if (closing.getCount() > 0) {
        worker.awaitEnd();
      }
    } catch (TransportException nobody) {
      // The next broker is on its way.
    } finally {
      current = null;
    }
  }

  /** Waits until the worker has ended. */
  public void awaitEnd() throws InterruptedException {
    thread.join();
  }

  /**
   * Ends after the request it is at, whose answer is sent; {@link #awaitEnd} waits for the rest.
   * Idempotent.
   */
  @Override
  public void close() {
    closing.countDown();
    Worker serving = current;
    if (serving != null) {
      serving.close();
    }
  }
}
