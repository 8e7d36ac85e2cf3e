package dev.aeon.spoke.store;

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
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A board in a folder, for the processes of one machine. A claim is a lock on one of a few files,
 * chosen by the key's hash; it ends with the process. Two keys of one hash share a lock.
 */
final class FolderWorkBoard implements WorkBoard {
  private static final int LOCKS = 64;
  private static final String SUFFIX = ".json";

  private final Path folder;

  /** The board in a folder, which is created when it is first used. */
  FolderWorkBoard(Path folder) {
    this.folder = folder;
  }

  private record FileClaim(FileChannel channel) implements Claim {
    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw failure(e);
      }
    }
  }

  @Override
  public Optional<Claim> claim(String key) {
    try {
      return Optional.ofNullable(lock(key)).map(FileClaim::new);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public boolean isClaimed(String key) {
    try (FileChannel channel = lock(key)) {
      return channel == null;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private @Nullable FileChannel lock(String key) throws IOException {
    Path locks = Files.createDirectories(folder.resolve("locks"));
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
