package dev.aeon.sp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Waits on several sockets at once until one of them can send or receive. It takes nothing from
 * them: what it says was true when it looked, and another thread may have been quicker since, so
 * that who must not wait receives with a timeout of zero. Looks at the sockets' own conversations,
 * not at their contexts.
 *
 * <p>Thread-safe; for one selecting thread at a time.
 */
public final class SocketSelector implements AutoCloseable {
  /** What a socket is watched for. */
  public enum Interest {
    SEND,
    RECEIVE
  }

  /**
   * A socket that can do something at once.
   *
   * @param socket which
   * @param canSend whether a send would not wait; false where that was not asked for
   * @param canReceive whether a receive would not wait; false where that was not asked for
   */
  public record Ready(SpSocket socket, boolean canSend, boolean canReceive) {}

  private final Map<SpSocket, Set<Interest>> watched = new LinkedHashMap<>();
  private final Semaphore changes = new Semaphore(0);
  private final Runnable observer = changes::release;
  private boolean wakeUpAsked;

  private SocketSelector() {}

  public static SocketSelector open() {
    return new SocketSelector();
  }

  /** Watches {@code socket}, from now on for {@code first} and {@code more} alone. */
  public synchronized void add(SpSocket socket, Interest first, Interest... more) {
    if (watched.put(socket, EnumSet.of(first, more)) == null) {
      socket.core.observe(observer);
    }
    changes.release();
  }

  /** Watches {@code socket} no more. */
  public synchronized void remove(SpSocket socket) {
    if (watched.remove(socket) != null) {
      socket.core.unobserve(observer);
    }
  }

  /**
   * Waits until a socket can do what it is watched for. A closed socket can do everything, since
   * its operations fail at once.
   *
   * @return those that can, in the order they were added; none if the time passed, or after {@link
   *     #wakeUp}
   * @throws SpInterruptedException if the waiting thread was interrupted
   */
  public List<Ready> select(Duration timeout) {
    long begin = System.nanoTime();
    long nanos = Durations.toNanos(timeout);
    List<Ready> ready = look();
    while (ready.isEmpty()) {
      long left = nanos - (System.nanoTime() - begin);
      if (!awaitChange(left) || woken()) {
        return look();
      }
      ready = look();
    }
    return ready;
  }

  private boolean awaitChange(long nanos) {
    try {
      boolean changed = changes.tryAcquire(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
      changes.drainPermits();
      return changed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SpInterruptedException("interrupted while selecting");
    }
  }

  private synchronized boolean woken() {
    boolean asked = wakeUpAsked;
    wakeUpAsked = false;
    return asked;
  }

  private synchronized List<Ready> look() {
    List<Ready> ready = new ArrayList<>();
    watched.forEach((socket, interests) -> {
      Ready seen = look(socket, interests);
      if (seen.canSend() || seen.canReceive()) {
        ready.add(seen);
      }
    });
    return ready;
  }

  private static Ready look(SpSocket socket, Set<Interest> interests) {
    return socket.core.locked(() ->
        new Ready(
            socket,
            interests.contains(Interest.SEND) && socket.core.canSend(),
            interests.contains(Interest.RECEIVE) && socket.core.canReceive()));
  }

  /** Has the selecting thread, or the next one, return at once. */
  public void wakeUp() {
    synchronized (this) {
      wakeUpAsked = true;
    }
    changes.release();
  }

  /** Watches nothing any more. The sockets stay open. */
  @Override
  public synchronized void close() {
    watched.keySet().forEach(each -> each.core.unobserve(observer));
    watched.clear();
    wakeUpAsked = true;
    changes.release();
  }
}
