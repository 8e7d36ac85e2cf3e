package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.bindings.posix.WakeUp;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A poller that the test itself leads: nothing happens but when it says so. */
final class TestReactor implements Reactor, AutoCloseable {
  private static final long LIMIT_NANOS = 5_000_000_000L;

  private final Poller poller = Poller.open();
  private final Map<Long, ReadyHandler> handlers = new HashMap<>();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final WakeUp taskAdded = WakeUp.open();

  TestReactor() {
    poller.add(taskAdded.fd(), Poller.READABLE, taskAdded.fd());
    handlers.put((long) taskAdded.fd(), events -> runTasks());
  }

  private void runTasks() {
    boolean _ = taskAdded.drain();
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** Waits for descriptors that are ready and calls their handlers; false where none became so. */
  boolean turn() {
    return turn(LIMIT_NANOS);
  }

  /** As {@link #turn()}, without waiting. */
  boolean turnNow() {
    return turn(0);
  }

  private boolean turn(long timeoutNanos) {
    int count = poller.poll(timeoutNanos);
    for (int index = 0; index < count; index++) {
      ReadyHandler handler = handlers.get(poller.token(index));
      if (handler != null) {
        handler.ready(poller.events(index));
      }
    }
    return count > 0;
  }

  /** Has all handlers that can look by themselves do so. */
  void look() {
    List.copyOf(handlers.values()).forEach(ReadyHandler::look);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Registration register(Strand strand, int fd, int interest, ReadyHandler handler) {
    handlers.put((long) fd, handler);
    poller.add(fd, interest, fd);
    return new Registration() {
      @Override
      public void setInterest(int wanted) {
        poller.modify(fd, wanted, fd);
      }

      @Override
      public void close() {
        poller.remove(fd);
        handlers.remove((long) fd);
      }
    };
  }

  @Override
  public MemoryWatch register(Strand strand, Memory memory) {
    throw new UnsupportedOperationException("carriers share no memory");
  }

  @Override
  public Alarm schedule(Strand strand, long delayNanos, Runnable task) {
    if (delayNanos != 0) {
      throw new UnsupportedOperationException("carriers need no timers");
    }
    tasks.add(task);
    taskAdded.signal();
    return () -> tasks.remove(task);
  }

  @Override
  public void holdBack(Strand strand, Runnable flush) {
    throw new UnsupportedOperationException("carriers hold nothing back");
  }

  @Override
  public long heldByteLimit() {
    throw new UnsupportedOperationException("carriers hold nothing back");
  }

  @Override
  public void close() {
    poller.close();
    taskAdded.close();
  }
}
