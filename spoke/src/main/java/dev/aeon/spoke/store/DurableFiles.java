package dev.aeon.spoke.store;

import dev.aeon.spoke.model.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files that are on disk when a call returns. */
final class DurableFiles {
  private static final int FORCING_THREADS = 16;

  private DurableFiles() {}

  static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** Writes files by relative path, and forces every folder that holds one. */
  static void writeTree(Path root, Map<String, Blob> files) throws IOException {
    Files.createDirectories(root);
    for (Map.Entry<String, Blob> file : files.entrySet()) {
      copy(file.getValue(), root.resolve(file.getKey()));
    }
    forceFolders(root);
  }

  private static void copy(Blob blob, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (InputStream in = blob.open(0)) {
      Files.copy(in, file);
    }
    forceFile(file);
  }

  private static void forceFile(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  static void forceFolder(@Nullable Path folder) throws IOException {
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Writes files by relative path, to be on disk whenever the system likes. */
  static void writeTreeLazily(Path root, Map<String, byte[]> files) throws IOException {
    Files.createDirectories(root);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      if (file.getKey().indexOf('/') >= 0) {
        Files.createDirectories(path.getParent());
      }
      Files.write(path, file.getValue());
    }
  }

  /**
   * Forces what is in folders, and the folders above them that lead to them from the store's root;
   * several at once, since a disk that is asked by many writes for all of them together.
   */
  static void forceTrees(List<Path> roots) throws IOException {
    try (ExecutorService threads = Executors.newFixedThreadPool(FORCING_THREADS)) {
      List<Future<Void>> forced = new ArrayList<>();
      for (Path path : withParents(roots)) {
        forced.add(threads.submit(() -> force(path)));
      }
      for (Future<Void> each : forced) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while forcing published versions");
    }
  }

  private static Set<Path> withParents(List<Path> roots) throws IOException {
    Set<Path> all = new LinkedHashSet<>();
    for (Path root : roots) {
      if (Files.exists(root)) {
        try (Stream<Path> paths = Files.walk(root)) {
          paths.forEach(all::add);
        }
        Path versions = Objects.requireNonNull(root.getParent());
        all.add(versions);
        all.add(Objects.requireNonNull(versions.getParent()));
      }
    }
    return all;
  }

  private static Void force(Path path) throws IOException {
    forceFolder(path);
    return null;
  }

  private static void forceFolders(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path folder : paths.filter(Files::isDirectory).toList()) {
        forceFolder(folder);
      }
    }
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    }
  }
}
