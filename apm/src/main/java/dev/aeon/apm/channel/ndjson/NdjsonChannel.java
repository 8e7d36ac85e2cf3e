package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Quarantine;
import dev.aeon.apm.internal.Threads;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The writing end of a file channel: whatever was appended while the last batch went to disk makes
 * up the next one (group commit), written and forced on one thread of its own.
 */
final class NdjsonChannel implements Channel {
  private static final int MAX_WAITING = 4096;

  private record Append(RoutedMessage message, CompletableFuture<Void> durable) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final String name;
  private final LineFile file;
  private final Thread thread;
  private List<Append> waiting = new ArrayList<>();
  private boolean closed;

  private NdjsonChannel(String name, LineFile file) {
    this.name = name;
    this.file = file;
    this.thread = Thread.ofPlatform().daemon().name("apm-write-" + name).start(this::run);
  }

  static NdjsonChannel open(ChannelDirectory directory, Quarantine quarantine) {
    return new NdjsonChannel(directory.name(), LineFile.open(directory, quarantine));
  }

  @Override
  public CompletableFuture<Void> append(RoutedMessage message) {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    lock.lock();
    try {
      while (waiting.size() >= MAX_WAITING && !closed) {
        changed.awaitUninterruptibly();
      }
      if (closed) {
        return CompletableFuture.failedFuture(closedException());
      }
      waiting.add(new Append(message, durable));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return durable;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    Threads.join(thread);
  }

  private void run() {
    try (file) {
      for (List<Append> batch = next(); !batch.isEmpty(); batch = next()) {
        commit(batch);
      }
    }
  }

  /** Waits for appends and takes them all; none once the channel is closed and drained. */
  private List<Append> next() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      List<Append> batch = waiting;
      waiting = new ArrayList<>();
      changed.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void commit(List<Append> batch) {
    int from = 0;
    while (from < batch.size()) {
      int to = from;
      while (to < batch.size() && file.stage(batch.get(to).message().line())) {
        to++;
      }
      complete(batch.subList(from, to));
      from = to;
    }
  }

  private void complete(List<Append> staged) {
    try {
      file.commit();
      staged.forEach(append -> append.durable().complete(null));
    } catch (ChannelException e) {
      staged.forEach(append -> append.durable().completeExceptionally(e));
    }
  }

  private ChannelException closedException() {
    return new ChannelException(ErrorCode.E_ROUTING_003, "channel is closed: channel=" + name);
  }
}
