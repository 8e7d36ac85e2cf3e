package dev.aeon.apm.channel.ndjson;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a new file where the active one is large or old, and deletes old ones that no reader
 * needs; has the others packed. The newest rotated file always stays, since it says where the
 * active one begins. Confined to the writer's thread.
 */
final class Rotation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Rotation.class);

  private final ChannelDirectory directory;
  private final NdjsonOptions options;
  private final Disk disk;
  private final Compaction compaction;
  private long activeBase;
  private Instant begun;

  Rotation(ChannelDirectory directory, NdjsonOptions options, Disk disk) throws IOException {
    this.directory = directory;
    this.options = options;
    this.disk = disk;
    this.compaction = new Compaction(directory, options, disk);
    this.activeBase = Segment.activeBase(Segment.list(directory.path()));
    this.begun = options.clock().instant();
  }

  /** Where the active file begins. */
  long activeBase() {
    return activeBase;
  }

  boolean isDue(long byteSize) {
    return byteSize >= options.rotateByteSize()
        || (byteSize > 0 && isOlder(begun, options.rotateAge()));
  }

  /** Gives the closed and forced active file its rotated name; opens the next one. */
  FileChannel rotate() throws IOException {
    Path active = directory.messages();
    Path rotated = Segment.path(directory.path(), activeBase);
    disk.rename(active, rotated);
    FileChannel next =
        disk.open(
            active,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    disk.forceDirectory(directory.path());
    activeBase += Files.size(rotated);
    begun = options.clock().instant();
    deleteOld();
    compaction.start();
    return next;
  }

  @Override
  public void close() {
    compaction.close();
  }

  private void deleteOld() {
    try {
      List<Segment> segments = Segment.list(directory.path());
      long needed = directory.firstNeeded();
      for (Segment segment : segments.subList(0, segments.size() - 1)) {
        if (segment.end() > needed || !isOld(segment)) {
          return;
        }
        disk.delete(segment.path());
      }
    } catch (IOException e) {
      LOG.warn("cannot delete old files, will try again: channel={}", directory.name(), e);
    }
  }

  private boolean isOld(Segment segment) throws IOException {
    Instant written = Files.getLastModifiedTime(segment.path()).toInstant();
    return isOlder(written, options.retention());
  }

  private boolean isOlder(Instant since, Duration age) {
    return !options.clock().instant().isBefore(since.plus(age));
  }
}
