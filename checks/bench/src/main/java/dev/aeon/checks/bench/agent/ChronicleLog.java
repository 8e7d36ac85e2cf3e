package dev.aeon.checks.bench.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * A Chronicle queue written by one thread, which syncs after each run of messages that waited, as
 * our files do, or never.
 */
final class ChronicleLog implements Log {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Append(byte[] line, CompletableFuture<Void> stored) {}

  private static final Append END = new Append(new byte[0], new CompletableFuture<>());

  private final ChronicleQueue queue;
  private final boolean isSynced;
  private final BlockingQueue<Append> waiting = new LinkedBlockingQueue<>();
  private final Thread thread;

  ChronicleLog(Path directory, boolean isSynced) {
    this.queue = queue(directory, isSynced);
    this.isSynced = isSynced;
    this.thread = Thread.ofPlatform().name("chronicle").start(this::run);
  }

  /** By default a sync does not wait for the disk. */
  static ChronicleQueue queue(Path directory, boolean isSynced) {
    SyncMode mode = isSynced ? SyncMode.SYNC : SyncMode.NONE;
    return SingleChronicleQueueBuilder.binary(directory.toFile()).syncMode(mode).build();
  }

  @Override
  public CompletableFuture<?> append() {
    Append append = new Append(Texts.routed().line(), new CompletableFuture<>());
    waiting.add(append);
    return append.stored();
  }

  @Override
  public void close() {
    waiting.add(END);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    queue.close();
  }

  private void run() {
    List<Append> batch = new ArrayList<>();
    try (ExcerptAppender appender = queue.createAppender()) {
      while (!batch.contains(END)) {
        batch.clear();
        batch.add(waiting.take());
        waiting.drainTo(batch);
        store(appender, batch);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void store(ExcerptAppender appender, List<Append> batch) {
    for (Append append : batch) {
      try (DocumentContext document = appender.writingDocument()) {
        document.wire().bytes().write(append.line());
      }
    }
    if (isSynced) {
      appender.sync();
    }
    batch.forEach(append -> append.stored().complete(null));
  }
}
