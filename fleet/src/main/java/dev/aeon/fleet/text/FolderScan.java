package dev.aeon.fleet.text;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lists the regular files under a folder. Symbolic links are not followed, so no loop can trap it;
 * hidden folders and build outputs are passed over.
 */
public final class FolderScan {
  private static final Set<String> OUTPUT_FOLDERS = Set.of("target", "node_modules");

  /** One file: its path relative to the folder with '/' between names, and its size in bytes. */
  public record Entry(String path, long byteSize) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      return path.compareTo(other.path);
    }
  }

  /**
   * What a folder holds.
   *
   * @param files every regular file, by path
   * @param links how many symbolic links and special files were passed over
   * @param unreadable how many folders could not be listed
   */
  public record Listing(List<Entry> files, int links, int unreadable) {}

  private FolderScan() {}

  /**
   * Lists a folder.
   *
   * @param progress told the number of files found so far, now and then
   * @throws IOException where the folder itself cannot be listed
   */
  public static Listing list(Path folder, IntConsumer progress) throws IOException {
    Visitor visitor = new Visitor(folder, progress);
    Files.walkFileTree(folder, visitor);
    visitor.files.sort(null);
    return new Listing(List.copyOf(visitor.files), visitor.links, visitor.unreadable);
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private static final int REPORT_EVERY = 1000;

    private final Path folder;
    private final IntConsumer progress;
    private final List<Entry> files = new ArrayList<>();
    private int links;
    private int unreadable;

    Visitor(Path folder, IntConsumer progress) {
      this.folder = folder;
      this.progress = progress;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return directory.equals(folder) || !isPassedOver(directory)
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }

    private static boolean isPassedOver(Path directory) {
      String name = String.valueOf(directory.getFileName());
      return name.startsWith(".") || OUTPUT_FOLDERS.contains(name);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        files.add(new Entry(relative(file), attributes.size()));
        if (files.size() % REPORT_EVERY == 0) {
          progress.accept(files.size());
        }
      } else {
        links++;
      }
      return FileVisitResult.CONTINUE;
    }

    private String relative(Path file) {
      return folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (file.equals(folder)) {
        throw failure;
      }
      unreadable++;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
      if (failure != null) {
        unreadable++;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
