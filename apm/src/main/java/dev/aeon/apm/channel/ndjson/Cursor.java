package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.ndjson.CursorFile.Place;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which messages of a channel a reader has settled. They may be settled in any order, so beside the
 * position before which all are, the single ones above it are kept. What is settled reaches the
 * file a moment later, many at once; it is forced at most once a second, since a place that is lost
 * costs only another delivery. Thread-safe; settling does no input or output.
 */
final class Cursor implements AutoCloseable {
  /** The most unsettled messages; beyond, reading waits. */
  static final int MAX_UNSETTLED = 8192;

  private static final Logger LOG = LoggerFactory.getLogger(Cursor.class);
  private static final long SAVE_DELAY_MILLIS = 5;
  private static final long FORCE_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(SAVE_DELAY_MILLIS, TimeUnit.MILLISECONDS);

  private static final class Entry {
    final long position;
    final long end;
    boolean settled;

    Entry(long position, long end) {
      this.position = position;
      this.end = end;
    }
  }

  private final @Nullable CursorFile file;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private final Set<Long> settledBefore;
  private long settledTo;
  private boolean saving;
  private boolean closed;
  private long forcedAtNanos = System.nanoTime();

  private Cursor(@Nullable CursorFile file, Place place) {
    this.file = file;
    this.settledTo = place.position();
    this.settledBefore = new HashSet<>(place.settledAbove());
  }

  static Cursor in(CursorFile file) {
    return new Cursor(file, file.place());
  }

  /** One that keeps nothing: its reader begins at the beginning each time. */
  static Cursor forgetful() {
    return new Cursor(null, Place.BEGINNING);
  }

  /** As {@link #forgetful}, for a reader that begins at {@code position}. */
  static Cursor forgetfulFrom(long position) {
    return new Cursor(null, new Place(position, List.of()));
  }

  /** Where to begin to read. */
  synchronized long position() {
    return settledTo;
  }

  /** Whether reading has to wait until more is settled. */
  synchronized boolean isFull() {
    return file != null && entries.size() >= MAX_UNSETTLED;
  }

  /** Whether the message at {@code position} was settled by a life before this. */
  synchronized boolean wasSettled(long position) {
    return settledBefore.remove(position);
  }

  /**
   * Notes that the bytes from {@code position} to {@code end} are being delivered; settles them.
   */
  synchronized Runnable deliver(long position, long end) {
    if (file == null) {
      return () -> {};
    }
    Entry entry = new Entry(position, end);
    entries.add(entry);
    return () -> settle(entry);
  }

  /** Notes that the bytes up to {@code end} need no settling. */
  void skip(long position, long end) {
    deliver(position, end).run();
  }

  /** Writes what is settled and lets go of the file; later settlements do nothing. */
  @Override
  public synchronized void close() throws IOException {
    if (!closed && file != null) {
      closed = true;
      try (file) {
        file.write(place());
        file.force();
      }
    }
  }

  private synchronized void settle(Entry entry) {
    if (entry.settled || closed) {
      return;
    }
    entry.settled = true;
    for (Entry head = entries.peek(); head != null && head.settled; head = entries.peek()) {
      settledTo = head.end;
      entries.remove();
    }
    if (!saving) {
      saving = true;
      LATER.execute(this::save);
    }
  }

  private synchronized void save() {
    saving = false;
    if (closed || file == null) {
      return;
    }
    try {
      file.write(place());
      if (System.nanoTime() - forcedAtNanos > FORCE_INTERVAL_NANOS) {
        file.force();
        forcedAtNanos = System.nanoTime();
      }
    } catch (IOException e) {
      LOG.warn("cannot save a place, messages may come again: position={}", settledTo, e);
    }
  }

  private Place place() {
    List<Long> above = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.settled && above.size() < CursorFile.MAX_SETTLED_ABOVE) {
        above.add(entry.position);
      }
    }
    settledBefore.stream().sorted().forEach(above::add);
    return new Place(settledTo, above);
  }
}
