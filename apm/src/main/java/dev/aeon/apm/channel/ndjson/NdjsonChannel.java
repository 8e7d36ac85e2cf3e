package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Durability;
import dev.aeon.apm.channel.Quarantine;
import dev.aeon.apm.internal.Threads;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writing end of a file channel: whatever was appended while the last batch went to disk makes
 * up the next one (group commit), written on one thread of its own, and forced where any message of
 * it asks for that.
 */
final class NdjsonChannel implements Channel {
  private static final Logger LOG = LoggerFactory.getLogger(NdjsonChannel.class);
  private static final int MAX_WAITING = 4096;

  private record Append(
      RoutedMessage message, Durability durability, CompletableFuture<Void> taken) {
    boolean mustForce() {
      return durability == Durability.DURABLE;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final String name;
  private final LineFile file;
  private final Durability durability;
  private final Thread thread;
  private List<Append> waiting = new ArrayList<>();
  private boolean closed;

  private NdjsonChannel(String name, LineFile file, Durability durability) {
    this.name = name;
    this.file = file;
    this.durability = durability;
    this.thread = Thread.ofPlatform().daemon().name("apm-write-" + name).start(this::run);
  }

  static NdjsonChannel open(
      ChannelDirectory directory, NdjsonOptions options, Disk disk, Quarantine quarantine) {
    LineFile file = LineFile.open(directory, options, disk, quarantine);
    return new NdjsonChannel(directory.name(), file, options.durability());
  }

  @Override
  public CompletableFuture<Void> append(RoutedMessage message) {
    Append append =
        new Append(message, durability.of(message.message()), new CompletableFuture<>());
    lock.lock();
    try {
      while (waiting.size() >= MAX_WAITING && !closed) {
        changed.awaitUninterruptibly();
      }
      if (closed) {
        return CompletableFuture.failedFuture(closedException());
      }
      waiting.add(append);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (append.durability() == Durability.FAST) {
      append.taken().complete(null);
    }
    return append.taken();
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
    LineFile.Committed committed = file.commit(staged.stream().anyMatch(Append::mustForce));
    int lineCount = committed.lineCount();
    staged.subList(0, lineCount).forEach(append -> append.taken().complete(null));
    committed
        .failure()
        .ifPresent(failure -> fail(staged.subList(lineCount, staged.size()), failure));
  }

  private void fail(List<Append> staged, ChannelException failure) {
    for (Append append : staged) {
      if (!append.taken().completeExceptionally(failure)) {
        LOG.error(
            "lost behind its completion: channel={} messageId={}",
            name,
            append.message().message().messageId(),
            failure);
      }
    }
  }

  private ChannelException closedException() {
    return new ChannelException(ErrorCode.E_ROUTING_003, "channel is closed: channel=" + name);
  }
}
