package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.FrameException;
import dev.aeon.slabs.ring.RingCorruptedException;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.TransportException;
import dev.aeon.slabs.transport.Transports;
import dev.aeon.slabs.transport.WaitSet;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves requests for a broker, on a thread of its own, until it is closed or the broker lets it
 * go. It answers in order, one request after the other, and always: a handler that gives no answer
 * completes the request all the same. Requests that it has not answered when it ends, the broker
 * hands to others.
 */
public final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final int TURN_COUNT = 64;

  private final Connection connection;
  private final ServedPeer broker;
  private final RequestHandler handler;
  private final WaitSet waits;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean closed;

  private Worker(Connection connection, RequestHandler handler, WaitSet waits) {
    this.connection = connection;
    this.waits = waits;
    connection.wakes(waits);
    this.broker = ServedPeer.alwaysAnswered(connection);
    this.handler = handler;
    this.thread = Thread.ofPlatform().daemon().name("psyne-worker").unstarted(this::run);
  }

  /**
   * Connects to where a broker takes workers in.
   *
   * @param options of which the rings count: the response ring is what requests come by
   * @throws TransportException where nobody accepts there
   */
  public static Worker connect(String workerUrl, RequestHandler handler, SocketOptions options) {
    Connection connection = Transports.connect(workerUrl, options.connection());
    Worker worker = new Worker(connection, handler, options.connection().openWaits());
    worker.thread.start();
    return worker;
  }

  private void run() {
    try {
      while (!closed && connection.isOpen()) {
        waitAfter(broker.serve(handler, TURN_COUNT));
      }
    } catch (FrameException | RingCorruptedException malformed) {
      LOG.warn("broker breaks the protocol: peer={} {}", connection.peer(), malformed.getMessage());
    } finally {
      connection.close();
      waits.close();
      ended.countDown();
    }
  }

  private void waitAfter(int servedCount) {
    if (servedCount == 0) {
      waits.idle(broker.longestWaitNanos());
    } else {
      waits.reset();
    }
  }

  /** Waits until the worker has ended. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /** Ends after the request it is at, whose answer is sent. Idempotent. */
  @Override
  public void close() {
    closed = true;
    waits.signal();
    if (!Thread.currentThread().equals(thread)) {
      awaitEndUninterruptibly();
    }
  }

  private void awaitEndUninterruptibly() {
    boolean interrupted = false;
    while (ended.getCount() > 0) {
      try {
        ended.await();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
