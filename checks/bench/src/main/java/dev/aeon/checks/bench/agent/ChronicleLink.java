package dev.aeon.checks.bench.agent;

import java.nio.file.Path;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Two Chronicle queues, one each way, whose readers look all the time; each message is synced, or
 * none is.
 */
final class ChronicleLink implements Link {
  private final boolean isSynced;
  private final ChronicleQueue there;
  private final ChronicleQueue back;
  private final byte[] line = Texts.routed().line();
  private final Thread answering;
  private volatile boolean closed;
  private boolean isPrepared;
  private ExcerptAppender appender;
  private ExcerptTailer answers;

  ChronicleLink(Path directory, boolean isSynced) {
    this.isSynced = isSynced;
    there = ChronicleLog.queue(directory.resolve("there"), isSynced);
    back = ChronicleLog.queue(directory.resolve("back"), isSynced);
    answering = Thread.ofPlatform().name("answering").start(this::answer);
  }

  @Override
  public void roundTrip() {
    if (!isPrepared) {
      isPrepared = true;
      appender = there.createAppender();
      answers = back.createTailer();
    }
    write(appender, line);
    while (!isRead(answers)) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      answering.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    there.close();
    back.close();
  }

  private void answer() {
    try (ExcerptTailer messages = there.createTailer();
        ExcerptAppender acknowledging = back.createAppender()) {
      while (!closed) {
        if (isRead(messages)) {
          write(acknowledging, line);
        } else {
          Thread.onSpinWait();
        }
      }
    }
  }

  private static boolean isRead(ExcerptTailer tailer) {
    try (DocumentContext document = tailer.readingDocument()) {
      return document.isPresent() && document.wire().bytes().readRemaining() > 0;
    }
  }

  private void write(ExcerptAppender appender, byte[] line) {
    try (DocumentContext document = appender.writingDocument()) {
      document.wire().bytes().write(line);
    }
    if (isSynced) {
      appender.sync();
    }
  }
}
