package dev.aeon.slabs.standby;

import dev.aeon.slabs.rpc.Call;
import dev.aeon.slabs.rpc.ClientSocket;
import dev.aeon.slabs.rpc.Payload;
import dev.aeon.slabs.rpc.PayloadReader;
import dev.aeon.slabs.rpc.PeerLostException;
import dev.aeon.slabs.rpc.RpcException;
import dev.aeon.slabs.rpc.RpcTimeoutException;
import dev.aeon.slabs.rpc.Socket;
import dev.aeon.slabs.rpc.SocketClosedException;
import dev.aeon.slabs.rpc.SocketOptions;
import dev.aeon.slabs.transport.TransportException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A client of one {@link StandbyBroker} after the other. It keeps what it has asked until it is
 * answered; where the broker goes, it asks the next one the same again, in the same order and
 * before anything newer. A call that is not answered within {@link SocketOptions#timeout} of being
 * asked last fails as one of a {@link ClientSocket}; all fail where no broker comes for that long.
 * Thread-safe.
 */
public final class SteadyClient implements AutoCloseable {
  private static final long PAUSE_MILLIS = 10;

  private final String url;
  private final SocketOptions options;
  private final ConcurrentNavigableMap<Long, Question<?>> unanswered =
      new ConcurrentSkipListMap<>();
  private final ReentrantLock askLock = new ReentrantLock(true);
  private final Semaphore losses = new Semaphore(0);
  private final Thread thread;

  /** Where to ask; nowhere from the loss of one to the next. */
  private final AtomicReference<@Nullable ClientSocket> socket = new AtomicReference<>();

  private volatile boolean closed;
  private long askedCount;

  /** The last one, to be closed. With the lock held. */
  private @Nullable ClientSocket connected;

  private SteadyClient(String url, SocketOptions options) {
    this.url = url;
    this.options = options;
    this.thread = Thread.ofPlatform().daemon().name("psyne-steady-client").unstarted(this::run);
  }

  /** Starts; there need be no broker yet. */
  public static SteadyClient start(String clientUrl, SocketOptions options) {
    SteadyClient client = new SteadyClient(clientUrl, options);
    client.losses.release();
    client.thread.start();
    return client;
  }

  /** As {@link #call(UnaryOperator, PayloadReader)}; the future has a copy of the answer. */
  public CompletableFuture<byte[]> call(UnaryOperator<Call> filling) {
    return call(filling, Payload::toByteArray);
  }

  /**
   * Asks.
   *
   * @param filling fills a question in, the same each time it is asked again
   * @return the answer; completes on a thread that must not be blocked, and fails as that of {@link
   *     Call}, or with a {@link RpcTimeoutException} where no broker came or took the question
   * @throws RpcTimeoutException where others have waited for a broker for so long
   * @throws SocketClosedException where this is closed, or becomes so
   */
  public <T> CompletableFuture<T> call(UnaryOperator<Call> filling, PayloadReader<T> reader) {
    Question<T> question = new Question<>(filling, reader);
    lockInTime();
    try {
      requireOpen();
      askedCount++;
      unanswered.put(askedCount, question);
      ClientSocket current = socket.get();
      if (current != null) {
        ask(askedCount, question, current);
      }
    } finally {
      askLock.unlock();
    }
    return question.answer();
  }

  /** The lock is held by whoever looks for the next broker. */
  private void lockInTime() {
    try {
      if (!askLock.tryLock(options.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new RpcTimeoutException("no broker came in time: url=" + url);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new SocketClosedException("interrupted while no broker was there: url=" + url);
    }
  }

  /** A question that cannot be asked at all is nobody's to ask again. */
  private <T> void ask(long number, Question<T> question, ClientSocket current) {
    CompletableFuture<T> attempt;
    try {
      attempt = question.ask(current);
    } catch (PeerLostException | SocketClosedException gone) {
      lose(current);
      return;
    } catch (RuntimeException refused) {
      unanswered.remove(number);
      question.fail(refused);
      return;
    }
    var _ =
        attempt.whenComplete(
            (answer, failure) -> settle(number, question, current, answer, failure));
  }

  private <T> void settle(
      long number,
      Question<T> question,
      ClientSocket asked,
      @Nullable T answer,
      @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof PeerLostException || cause instanceof SocketClosedException) {
      lose(asked);
    } else if (unanswered.remove(number) != null) {
      if (cause == null) {
        question.answer().complete(answer);
      } else {
        question.fail(cause);
      }
    }
  }

  /** All its questions tell of it, and some late: only the first of them counts. */
  private void lose(ClientSocket gone) {
    if (socket.compareAndSet(gone, null)) {
      losses.release();
    }
  }

  private void run() {
    try {
      while (!closed) {
        losses.acquire();
        askLock.lock();
        try {
          goOver();
        } finally {
          askLock.unlock();
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Finds the next broker, and asks it what the last one did not answer. */
  private void goOver() throws InterruptedException {
    leave();
    ClientSocket next = connect();
    connected = next;
    socket.set(next);
    if (next == null) {
      return;
    }
    // Nobody waits for what was cancelled.
    unanswered.values().removeIf(each -> each.answer().isDone());
    for (Map.Entry<Long, Question<?>> each : unanswered.entrySet()) {
      ask(each.getKey(), each.getValue(), next);
    }
  }

  /** Null once this is closed. Who has waited too long is told, and later callers wait anew. */
  private @Nullable ClientSocket connect() throws InterruptedException {
    long begin = System.nanoTime();
    ClientSocket next = null;
    while (!closed && next == null) {
      next = tryConnect();
      if (next == null && System.nanoTime() - begin > options.timeout().toNanos()) {
        failAll(new RpcTimeoutException("no broker came in time: url=" + url));
      }
    }
    return next;
  }

  private @Nullable ClientSocket tryConnect() throws InterruptedException {
    try {
      return Socket.connect(url, options);
    } catch (TransportException | RpcException nobody) {
      Thread.sleep(PAUSE_MILLIS);
      return null;
    }
  }

  /** Afterwards no answer of the last broker comes any more. */
  private void leave() {
    ClientSocket last = connected;
    connected = null;
    socket.set(null);
    if (last != null) {
      last.close();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new SocketClosedException("client is closed");
    }
  }

  /** How many calls wait for their answers. */
  public int unansweredCount() {
    return unanswered.size();
  }

  /** Fails what waits with a {@link SocketClosedException}. Idempotent. */
  @Override
  public void close() {
    closed = true;
    losses.release();
    askLock.lock();
    try {
      leave();
      failAll(new SocketClosedException("client is closed"));
    } finally {
      askLock.unlock();
    }
  }

  private void failAll(RpcException why) {
    for (Map.Entry<Long, Question<?>> each : unanswered.entrySet()) {
      if (unanswered.remove(each.getKey()) != null) {
        each.getValue().fail(why);
      }
    }
  }
}
