package dev.aeon.spoke.store;

import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A board in a folder, for the processes of one machine. A claim is a lock on one of a few files,
 * chosen by the key's hash; it ends with the process. Two keys of one hash share a lock.
 */
final class FolderWorkBoard implements WorkBoard {
  private static final int LOCKS = 64;
  private static final String SUFFIX = ".json";

  /**
   * The files on which this process has locks. None of them may be opened once more: closing a file
   * ends all locks that the process has on it, and another process could claim what is being done.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path folder;

  /** The board in a folder, which is created when it is first used. */
  FolderWorkBoard(Path folder) {
    this.folder = folder;
  }

  /** A lock that this process has. */
  private record FileClaim(Path file, FileChannel channel) implements Claim {
    @Override
    public void close() {
      try {
        synchronized (HELD) {
          channel.close();
          HELD.remove(file);
        }
      } catch (IOException e) {
        throw failure(e);
      }
    }
  }

  @Override
  public Optional<Claim> claim(String key) {
    try {
      return lock(key).map(claim -> claim);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public boolean isClaimed(String key) {
    try {
      Optional<FileClaim> claim = lock(key);
      claim.ifPresent(FileClaim::close);
      return claim.isEmpty();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private Optional<FileClaim> lock(String key) throws IOException {
    Path locks = Files.createDirectories(folder.resolve("locks")).toRealPath();
    Path file = locks.resolve(Integer.toString(Math.floorMod(key.hashCode(), LOCKS)));
    synchronized (HELD) {
      if (HELD.contains(file)) {
        return Optional.empty();
      }
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        return Optional.empty();
      }
      HELD.add(file);
      return Optional.of(new FileClaim(file, channel));
    }
  }

  @Override
  public void write(String topic, String key, byte[] note) {
    try {
      Path notes = Files.createDirectories(folder.resolve(topic));
      Path prepared = Files.createTempFile(notes, "entry", ".tmp");
      Files.write(prepared, note);
      Files.move(prepared, notes.resolve(key + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void erase(String topic, String key) {
    try {
      Files.deleteIfExists(folder.resolve(topic).resolve(key + SUFFIX));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public SortedMap<String, byte[]> notes(String topic) {
    SortedMap<String, byte[]> notes = new TreeMap<>();
    Path all = folder.resolve(topic);
    if (!Files.isDirectory(all)) {
      return notes;
    }
    try (Stream<Path> files = Files.list(all)) {
      List<Path> kept = files.filter(path -> path.toString().endsWith(SUFFIX)).toList();
      for (Path file : kept) {
        String name = file.getFileName().toString();
        read(file)
            .ifPresent(note -> notes.put(name.substring(0, name.length() - SUFFIX.length()), note));
      }
      return notes;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static Optional<byte[]> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static SpokeException failure(IOException e) {
    return StoreFailure.of("the workers' board cannot be used", e);
  }
}
