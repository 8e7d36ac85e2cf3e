package dev.aeon.apm.internal.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Makes directories that lie where they seem to: none of them is a symbolic link. */
public final class Directories {
  private Directories() {}

  /**
   * The directory {@code names} below {@code root}, made where it is not there.
   *
   * @param root may be reached by links; what lies below may not
   * @param names one path element each
   */
  public static Path make(Path root, String... names) throws IOException {
    Files.createDirectories(root);
    Path directory = root.toRealPath();
    for (String name : names) {
      directory = directory.resolve(name);
      if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(directory);
      }
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileSystemException(directory.toString(), null, "not a directory");
      }
    }
    return directory;
  }
}
