package dev.aeon.spoke.sprocket;

import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.api.SprocketInfo;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What workers tell each other, and those who ask, in a folder: which jobs are being done, and
 * which have failed. Workers may be threads or processes. Thread-safe.
 *
 * <p>A claim is a lock on one of a few files, chosen by the job's hash; it ends with the process,
 * so a worker that dies holds up nobody. Two jobs of one hash are done one after the other.
 */
public final class JobBoard {
  private static final int LOCKS = 64;
  private static final String JSON = ".json";

  private final Path locks;
  private final Path running;
  private final Path failed;
  private final Path announced;

  /**
   * The board in a folder, which is created where it is missing.
   *
   * @throws SpokeException {@code INTERNAL} where it cannot be
   */
  public JobBoard(Path folder) {
    this.locks = folder.resolve("locks");
    this.running = folder.resolve("running");
    this.failed = folder.resolve("failed");
    this.announced = folder.resolve("languages.json");
    try {
      for (Path path : List.of(locks, running, failed)) {
        Files.createDirectories(path);
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Tells what the workers compile for. */
  void announce(List<Language> languages) {
    try {
      replace(announced, new Announced(languages.stream().map(Language::id).toList()));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** What the workers compile for; empty where none ever ran. */
  public List<Language> languages() {
    try {
      return Files.isRegularFile(announced)
          ? ApiJson.read(
                  Files.readAllBytes(announced), Announced.class, SpokeException.Code.INTERNAL)
              .languages()
              .stream()
              .map(Language::parse)
              .toList()
          : List.of();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private record Announced(List<String> languages) {}

  /** A job that nobody else does until this is closed. */
  static final class Claim implements AutoCloseable {
    private final FileChannel channel;
    private final Path shown;

    private Claim(FileChannel channel, Path shown) {
      this.channel = channel;
      this.shown = shown;
    }

    @Override
    public void close() {
      try (channel) {
        Files.deleteIfExists(shown);
      } catch (IOException e) {
        throw failure(e);
      }
    }
  }

  /** Claims a job; empty where another worker does it, or one of the same hash. */
  Optional<Claim> claim(Job job, Instant now) {
    try {
      FileChannel channel = lock(job.key());
      if (channel == null) {
        return Optional.empty();
      }
      Path shown = running.resolve(job.key() + JSON);
      replace(shown, entry(job, now, ""));
      return Optional.of(new Claim(channel, shown));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private @Nullable FileChannel lock(String key) throws IOException {
    Path file = locks.resolve(Integer.toString(Math.floorMod(key.hashCode(), LOCKS)));
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // A thread of this process has it.
    }
    channel.close();
    return null;
  }

  /** Remembers why a job failed. */
  void fail(Job job, Instant now, String message) {
    try {
      replace(failed.resolve(job.key() + JSON), entry(job, now, message));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Forgets that a job failed. */
  void succeed(Job job) {
    try {
      Files.deleteIfExists(failed.resolve(job.key() + JSON));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The jobs that failed, and have not succeeded since. */
  public List<SprocketInfo.Entry> failures() {
    return entries(failed);
  }

  /** The jobs that are being done. */
  public List<SprocketInfo.Entry> running() {
    return entries(running).stream().filter(this::isHeld).toList();
  }

  /** What a worker left that died is not being done. */
  private boolean isHeld(SprocketInfo.Entry entry) {
    String key =
        entry.module().replace("/", "%2F") + "@" + entry.version() + "." + entry.language();
    try (FileChannel channel = lock(key)) {
      return channel == null;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static SprocketInfo.Entry entry(Job job, Instant now, String message) {
    return new SprocketInfo.Entry(
        job.version().module().value(),
        job.version().version().toString(),
        job.language().id(),
        now.toString(),
        message);
  }

  private static void replace(Path file, Object content) throws IOException {
    Path prepared = Files.createTempFile(file.getParent(), "entry", ".tmp");
    Files.write(prepared, ApiJson.write(content));
    Files.move(prepared, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static List<SprocketInfo.Entry> entries(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<SprocketInfo.Entry> entries = new ArrayList<>();
      for (Path file : files.filter(path -> path.toString().endsWith(JSON)).sorted().toList()) {
        read(file).ifPresent(entries::add);
      }
      return entries;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static Optional<SprocketInfo.Entry> read(Path file) throws IOException {
    try {
      return Optional.of(
          ApiJson.read(
              Files.readAllBytes(file), SprocketInfo.Entry.class, SpokeException.Code.INTERNAL));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static SpokeException failure(IOException e) {
    return new SpokeException(
        SpokeException.Code.INTERNAL, "the workers' board cannot be used: " + e.getMessage(), e);
  }
}
