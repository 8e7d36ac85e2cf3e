package dev.aeon.apm.internal.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes directories that lie where they seem to, none of them a symbolic link; lists them. */
public final class Directories {
  private Directories() {}

  /**
   * The directory {@code names} below {@code root}, made durably where it is not there.
   *
   * @param root may be reached by links; what lies below may not
   * @param names one path element each
   */
  public static Path make(Path root, String... names) throws IOException {
    return make(Storage.REAL, root, names);
  }

  /** As the general form, by {@code storage}. */
  public static Path make(Storage storage, Path root, String... names) throws IOException {
    makeRoot(storage, root.toAbsolutePath());
    Path directory = root.toRealPath();
    for (String name : names) {
      directory = directory.resolve(name);
      if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        makeOne(storage, directory);
      }
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileSystemException(directory.toString(), null, "not a directory");
      }
    }
    return directory;
  }

  private static void makeRoot(Storage storage, Path root) throws IOException {
    Path parent = root.getParent();
    if (parent != null && !Files.isDirectory(root)) {
      makeRoot(storage, parent);
      makeOne(storage, root);
    }
  }

  private static void makeOne(Storage storage, Path directory) throws IOException {
    try {
      storage.makeDirectory(directory);
    } catch (FileAlreadyExistsException _) {
      // Another process made it meanwhile.
    }
    storage.forceDirectory(directory.resolveSibling("."));
  }

  /** What lies in a directory and matches, by name; nothing where there is no such directory. */
  public static List<Path> list(Path directory, String glob) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, glob)) {
      found.forEach(paths::add);
    } catch (NoSuchFileException _) {
      return List.of();
    }
    paths.sort(null);
    return paths;
  }
}
