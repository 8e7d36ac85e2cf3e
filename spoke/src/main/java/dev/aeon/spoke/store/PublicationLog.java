package dev.aeon.spoke.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes publications durable by one write to one file for all that come at once.
 *
 * <p>Forcing a version's files and folders to disk one by one takes about ten waits for the disk.
 * So they are written without waiting, and the whole version once more to this log, which is
 * forced; a thread that waits does so for all that were appended before. After a power cut the next
 * to open the store writes again what the log has and the folders do not. A full segment is dropped
 * once the files of its versions have been forced, long after the system has written them of
 * itself.
 */
final class PublicationLog implements AutoCloseable {
  private static final long SEGMENT_BYTES = 32L << 20;
  static final String SUFFIX = ".publications";

  private final Path folder;
  private final ReentrantLock forcing = new ReentrantLock();
  private final List<Segment> full = new ArrayList<>();
  private Segment current;
  private int segmentCount;
  private long appended;
  private volatile long forced;

  /** A file of the log, and the folders of the versions in it. */
  private record Segment(Path file, FileChannel channel, List<Path> versions) {
    void drop() throws IOException {
      DurableFiles.forceTrees(versions);
      channel.close();
      Files.delete(file);
    }
  }

  /**
   * A log in a folder.
   *
   * @param salvaged full segments that another process left, and the versions in each
   */
  PublicationLog(Path folder, Map<Path, List<Path>> salvaged) throws IOException {
    this.folder = folder;
    this.current = newSegment(folder, 0);
    for (Map.Entry<Path, List<Path>> each : salvaged.entrySet()) {
      FileChannel channel = FileChannel.open(each.getKey(), StandardOpenOption.WRITE);
      full.add(new Segment(each.getKey(), channel, each.getValue()));
    }
  }

  static boolean isSegment(Path file) {
    return file.toString().endsWith(SUFFIX);
  }

  private static Segment newSegment(Path folder, int number) throws IOException {
    Path file = folder.resolve(number + SUFFIX);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    DurableFiles.forceFolder(folder);
    return new Segment(file, channel, new ArrayList<>());
  }

  /**
   * Appends a version; it is durable when {@link #force} has returned.
   *
   * @param version its folder
   */
  synchronized void append(PublicationRecord record, Path version) throws IOException {
    if (current.channel().position() >= SEGMENT_BYTES) {
      current.channel().force(false);
      full.add(current);
      current = newSegment(folder, ++segmentCount);
    }
    ByteBuffer buffer = ByteBuffer.wrap(record.encode());
    while (buffer.hasRemaining()) {
      current.channel().write(buffer);
    }
    current.versions().add(version);
    appended++;
  }

  /** Waits until all that has been appended is on disk. */
  void force() throws IOException {
    long wanted = appended();
    forcing.lock();
    try {
      if (forced < wanted) {
        long covered = appended();
        currentChannel().force(false);
        forced = covered;
      }
    } finally {
      forcing.unlock();
    }
  }

  private synchronized long appended() {
    return appended;
  }

  private synchronized FileChannel currentChannel() {
    return current.channel();
  }

  /** Drops full segments, after forcing the versions in them. */
  void dropFull() throws IOException {
    for (Segment segment : takeFull()) {
      segment.drop();
    }
  }

  private synchronized List<Segment> takeFull() {
    List<Segment> taken = List.copyOf(full);
    full.clear();
    return taken;
  }

  @Override
  public void close() throws IOException {
    if (currentChannel().isOpen()) {
      dropFull();
      synchronized (this) {
        current.drop();
      }
    }
  }
}
