package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.ndjson.CommitIndex.Commit;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Up to where a channel's active file may be read: to the end of what its writer noted as
 * committed. A writer that died between writing and noting leaves bytes that nobody will note
 * before the next one opens the channel; where they have waited for long, a reader forces the file
 * itself, after which they count as well. A channel without an index is read to its end. Used by
 * one thread at a time.
 */
final class Commits implements AutoCloseable {
  /** How long written bytes may wait for their writer to note them. */
  static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
  private static final long NEVER = Long.MIN_VALUE;

  private final @Nullable Path path;
  private final LongSupplier nanoTime;
  private @Nullable FileChannel file;
  private Optional<Commit> newest = Optional.empty();
  private long end;

  /** Whether {@link #end} is not what the index says, so that a newer record counts at once. */
  private boolean isProvisional = true;

  private long waitingSinceNanos = NEVER;

  private Commits(@Nullable Path path, LongSupplier nanoTime) {
    this.path = path;
    this.nanoTime = nanoTime;
  }

  static Commits in(ChannelDirectory directory) {
    return in(directory, System::nanoTime);
  }

  static Commits in(ChannelDirectory directory, LongSupplier nanoTime) {
    return new Commits(directory.commits(), nanoTime);
  }

  /** For a reader to whom all that is written counts. */
  static Commits ignored() {
    return new Commits(null, System::nanoTime);
  }

  /**
   * How many bytes of the active file may be read; zero or less where none may yet.
   *
   * @param base where the file begins
   */
  long room(LogFile active, long base, long position) throws IOException {
    if (path == null) {
      return Long.MAX_VALUE;
    }
    if (isProvisional || end <= position) {
      look(path);
    }
    if (end <= position && base + active.byteSize() > position) {
      await(path, active, base);
    }
    return end - position;
  }

  @Override
  public void close() throws IOException {
    FileChannel opened = file;
    file = null;
    if (opened != null) {
      opened.close();
    }
  }

  private void look(Path path) throws IOException {
    FileChannel opened = file;
    if (opened == null) {
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        end = Long.MAX_VALUE;
        isProvisional = true;
        return;
      }
      opened = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      file = opened;
      end = 0;
    }
    Optional<Commit> found = CommitIndex.last(opened);
    if (found.isPresent() && !found.equals(newest)) {
      newest = found;
      end = found.get().end();
      isProvisional = false;
      waitingSinceNanos = NEVER;
    }
  }

  /** There are bytes that nobody has noted. */
  private void await(Path path, LogFile active, long base) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      close();
      newest = Optional.empty();
      end = Long.MAX_VALUE;
      isProvisional = true;
    } else if (waitingSinceNanos == NEVER) {
      waitingSinceNanos = nanoTime.getAsLong();
    } else if (nanoTime.getAsLong() - waitingSinceNanos >= GRACE_NANOS) {
      long written = base + active.byteSize();
      active.force();
      LOG.info("read beyond what its writer noted: index={} from={} to={}", path, end, written);
      end = written;
      isProvisional = true;
    }
  }
}
