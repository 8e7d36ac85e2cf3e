package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to write a channel, held by one writer among all processes.
 *
 * <p>A process loses its file locks as soon as it closes any descriptor of the same file, so within
 * the process the path is reserved first: a second writer never comes to open the file.
 */
final class WriterLock implements AutoCloseable {
  private static final int MAX_OWNER_BYTE_SIZE = 256;
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private WriterLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws ChannelException E_SYSTEM_004 where another writer holds it
   */
  static WriterLock take(Path path) {
    if (!HELD.add(path)) {
      throw owned(path, "this one");
    }
    try {
      return new WriterLock(path, openLocked(path));
    } catch (IOException e) {
      HELD.remove(path);
      throw ChannelDirectory.io("cannot lock: path=" + path, e);
    } catch (ChannelException e) {
      HELD.remove(path);
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw ChannelDirectory.io("cannot unlock: path=" + path, e);
    } finally {
      HELD.remove(path);
    }
  }

  @SuppressWarnings("try") // the lock lives as long as the channel
  private static FileChannel openLocked(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw owned(path, "another");
    }
    writeOwner(channel);
    return channel;
  }

  /** For people: which process writes, and which writer of the channel that is, from 1. */
  private static void writeOwner(FileChannel channel) throws IOException {
    JsonObject owner =
        JsonObject.builder()
            .put("pid", ProcessHandle.current().pid())
            .put("epoch", epochBefore(channel) + 1)
            .build();
    channel.truncate(0);
    int _ = channel.write(ByteBuffer.wrap((owner + "\n").getBytes(StandardCharsets.UTF_8)), 0);
  }

  /** The last writer's epoch; 0 where it cannot be read, as after a crash that tore it. */
  private static long epochBefore(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(MAX_OWNER_BYTE_SIZE);
    int byteSize = Math.max(0, channel.read(text, 0));
    try {
      return JsonObject.parse(Arrays.copyOf(text.array(), byteSize)).findLong("epoch").orElse(0L);
    } catch (InvalidMessageException _) {
      return 0;
    }
  }

  private static ChannelException owned(Path path, String process) {
    return new ChannelException(
        ErrorCode.E_SYSTEM_004,
        "channel is written by another writer: path=" + path + " process=" + process);
  }
}
