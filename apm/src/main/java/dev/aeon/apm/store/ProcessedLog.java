package dev.aeon.apm.store;

import dev.aeon.apm.internal.files.AtomicFiles;
import dev.aeon.apm.internal.files.Storage;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the keys of handled messages in files, one for each hour, dropped as a whole once nothing
 * in it can come again. A line is {@code sender epoch messageId ttlSeconds}. Thread-safe.
 */
final class ProcessedLog implements ProcessedMessages {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessedLog.class);
  private static final Duration SEGMENT = Duration.ofHours(1);
  private static final Duration SHORTEST_WINDOW = Duration.ofHours(24);
  private static final String SUFFIX = ".log";

  private final Storage storage;
  private final Path directory;
  private final InstantSource clock;

  /** By the segments' numbers; a key that was added again may be in several. */
  private final Map<Long, CompactKeys> segments = new HashMap<>();

  /** The longest time to live in each segment, by the segment's number. */
  private final TreeMap<Long, Duration> longest = new TreeMap<>();

  /** The segments whose files lack some of their keys, or may: storage failed. */
  private final Set<Long> doubtful = new HashSet<>();

  private @Nullable LineLog open;
  private long openSegment;

  ProcessedLog(Storage storage, Path directory, InstantSource clock) {
    this.storage = storage;
    this.directory = directory;
    this.clock = clock;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      files.forEach(this::load);
    } catch (IOException e) {
      throw new StoreException("cannot list: path=" + directory, e);
    }
  }

  @Override
  public synchronized boolean contains(DeduplicationKey key) {
    CompactKeys.Wanted wanted = new CompactKeys.Wanted(key);
    for (CompactKeys keys : segments.values()) {
      if (keys.contains(wanted)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public synchronized void add(DeduplicationKey key, Message message) {
    long segment = clock.instant().getEpochSecond() / SEGMENT.toSeconds();
    Duration ttl = message.envelope().metadata().ttl();
    remember(key, segment, ttl); // even where it cannot be kept: a copy must not be handled now
    if (!doubtful.contains(segment)) {
      guarded(segment, () -> segment(segment).append(line(key, ttl)));
    }
  }

  private static String line(DeduplicationKey key, Duration ttl) {
    return key.sender() + " " + key.epoch() + " " + key.messageId() + " " + ttl.toSeconds();
  }

  /** What fails is made up for by the next {@link #commit}. */
  private void guarded(long segment, Runnable write) {
    try {
      write.run();
    } catch (StoreException e) {
      LOG.error("keys of handled messages are not kept yet: segment={}", segment, e);
      doubtful.add(segment);
    }
  }

  @Override
  public boolean isGrouped() {
    return true;
  }

  @Override
  public synchronized void commit() {
    LineLog current = open;
    if (current != null && !doubtful.contains(openSegment)) {
      guarded(openSegment, current::force);
    }
    List.copyOf(doubtful).forEach(this::rewrite);
  }

  /** Writes a segment's file anew, with all keys, each with the longest time to live. */
  private void rewrite(long segment) {
    if (segment == openSegment) {
      letGo();
    }
    Duration ttl = longest.getOrDefault(segment, Duration.ZERO);
    StringBuilder lines = new StringBuilder();
    segments
        .getOrDefault(segment, new CompactKeys())
        .forEach(key -> lines.append(line(key, ttl)).append('\n'));
    Path file = directory.resolve(segment + SUFFIX);
    try {
      AtomicFiles.write(storage, file, lines.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new StoreException("cannot write: path=" + file, e);
    }
    doubtful.remove(segment);
  }

  @Override
  public synchronized void close() {
    try {
      commit();
    } catch (StoreException e) {
      LOG.error("keys of handled messages are lost: segments={}", doubtful, e);
    }
    letGo();
  }

  private void letGo() {
    LineLog current = open;
    open = null;
    if (current != null) {
      guarded(openSegment, current::close);
    }
  }

  private LineLog segment(long segment) {
    LineLog current = open;
    if (current != null && openSegment == segment) {
      return current;
    }
    if (current != null) {
      guarded(openSegment, current::force);
      letGo();
    }
    dropOutlived();
    LineLog next = LineLog.open(storage, directory.resolve(segment + SUFFIX), _ -> {});
    open = next;
    openSegment = segment;
    return next;
  }

  private void remember(DeduplicationKey key, long segment, Duration ttl) {
    segments.computeIfAbsent(segment, _ -> new CompactKeys()).add(new CompactKeys.Wanted(key));
    longest.merge(segment, ttl, (one, other) -> one.compareTo(other) > 0 ? one : other);
  }

  private void dropOutlived() {
    Instant now = clock.instant();
    longest
        .entrySet()
        .removeIf(segment -> {
          boolean outlived = isOutlived(segment.getKey(), segment.getValue(), now);
          if (outlived) {
            drop(segment.getKey());
          }
          return outlived;
        });
  }

  private static boolean isOutlived(long segment, Duration longestTtl, Instant now) {
    Duration twice = longestTtl.multipliedBy(2);
    Duration window = twice.compareTo(SHORTEST_WINDOW) > 0 ? twice : SHORTEST_WINDOW;
    Instant end = Instant.ofEpochSecond((segment + 1) * SEGMENT.toSeconds());
    return end.plus(window).isBefore(now);
  }

  private void drop(long segment) {
    segments.remove(segment);
    doubtful.remove(segment);
    try {
      storage.delete(directory.resolve(segment + SUFFIX));
    } catch (IOException e) {
      LOG.warn("cannot delete: path={} segment={}", directory, segment, e);
    }
  }

  private void load(Path file) {
    String name = file.getFileName().toString();
    String number = name.substring(0, name.length() - SUFFIX.length());
    if (number.matches("\\d{1,12}")) {
      long segment = Long.parseLong(number);
      LineLog.open(storage, file, line -> load(file, line, segment)).close();
    }
  }

  private void load(Path file, String line, long segment) {
    String[] parts = line.split(" ", 4);
    try {
      DeduplicationKey key =
          new DeduplicationKey(
              new AgentId(parts[0]), Long.parseLong(parts[1]), new MessageId(parts[2]));
      remember(key, segment, Duration.ofSeconds(Long.parseLong(parts[3])));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      LOG.warn("not an entry, left out: path={} line={}", file, line, e);
    }
  }
}
