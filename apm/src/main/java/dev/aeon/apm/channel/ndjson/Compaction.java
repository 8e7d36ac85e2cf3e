package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.internal.Threads;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs a channel's rotated files that every reader is done with: what is out of date becomes blank
 * ({@link Obsolete}), which readers skip, and the whole is compressed, as gzip, so that {@code
 * zcat} shows it. Every line keeps its position. A packed file takes the plain one's place in one
 * step; after a crash between the plain one counts. Runs beside the writer, on a thread of its own;
 * one at a time.
 */
final class Compaction implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  private static final int BUFFER_BYTE_SIZE = 64 * 1024;

  private final ChannelDirectory directory;
  private final NdjsonOptions options;
  private final Disk disk;
  private @Nullable Thread running;
  private volatile boolean closed;

  Compaction(ChannelDirectory directory, NdjsonOptions options, Disk disk) {
    this.directory = directory;
    this.options = options;
    this.disk = disk;
  }

  /** Packs what is old enough, where the options ask for that and nothing runs yet. */
  void start() {
    Thread before = running;
    if (options.compactAfter().isPresent() && (before == null || !before.isAlive())) {
      Duration age = options.compactAfter().get();
      running =
          Thread.ofPlatform()
              .daemon()
              .name("apm-compact-" + directory.name())
              .start(() -> packOlderThan(age));
    }
  }

  /** Gives up the file that is being packed, and waits for that. */
  @Override
  public void close() {
    closed = true;
    if (running != null) {
      Threads.join(running);
    }
  }

  /** Packs what nobody has written for so long; logs what fails. */
  void packOlderThan(Duration age) {
    try {
      long needed = directory.firstNeeded();
      for (Segment segment : Segment.list(directory.path())) {
        if (!closed && !segment.isPacked() && segment.end() <= needed && isOlder(segment, age)) {
          pack(segment);
        }
      }
    } catch (IOException e) {
      LOG.warn("cannot pack old files, will try again: channel={}", directory.name(), e);
    }
  }

  private boolean isOlder(Segment segment, Duration age) throws IOException {
    try {
      Instant written = Files.getLastModifiedTime(segment.path()).toInstant();
      return age.isZero() || !options.clock().instant().isBefore(written.plus(age));
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  private void pack(Segment segment) throws IOException {
    Path packed = segment.packedPath();
    if (!Files.exists(packed, LinkOption.NOFOLLOW_LINKS)) {
      Path unfinished = directory.path().resolve("." + UUID.randomUUID() + ".tmp");
      try {
        write(segment, unfinished);
        if (closed) {
          return;
        }
        disk.rename(unfinished, packed);
        disk.forceDirectory(directory.path());
      } finally {
        Files.deleteIfExists(unfinished);
      }
    }
    disk.delete(segment.path());
  }

  private void write(Segment segment, Path unfinished) throws IOException {
    Obsolete obsolete = Obsolete.in(segment.path());
    try (FileChannel file =
        disk.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream packed = Channels.newOutputStream(file);
      GZIPOutputStream stream = new GZIPOutputStream(packed, BUFFER_BYTE_SIZE);
      Lines.forEach(
          segment.path(),
          (line, offset) -> {
            stream.write(obsolete.isObsolete(offset) ? Lines.blank(line) : line);
            return !closed;
          });
      stream.finish();
      file.force(true);
    }
  }
}
