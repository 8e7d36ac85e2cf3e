package dev.aeon.apm.channel.shared;

import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.schema.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where the processes that share an agents' directory put their sockets: below it, or, since Unix
 * sockets' paths are short, in a directory by its name among the temporary files. Only its owner
 * may enter.
 */
final class SocketDirectory {
  private static final String NAME = "sockets";

  /** What a Unix socket's path may have, less the socket's own name. */
  private static final int MAX_BYTE_SIZE = 75;

  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rwx------");

  private SocketDirectory() {}

  /**
   * The directory, made where it is not there.
   *
   * @throws ChannelException where it cannot be made, or is somebody else's
   */
  static Path beside(Path apmDirectory) {
    try {
      Path below = apmDirectory.toRealPath().resolve(NAME);
      boolean isShort = below.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_BYTE_SIZE;
      return made(isShort ? below : elsewhere(below));
    } catch (IOException e) {
      throw new ChannelException(
          ErrorCode.E_SYSTEM_001,
          "no directory for sockets: beside=" + apmDirectory + " cause=" + e,
          e);
    }
  }

  private static Path elsewhere(Path below) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    return temporary.resolve("apm-" + ShortName.of(below.toString()));
  }

  private static Path made(Path path) throws IOException {
    try {
      return Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
    } catch (FileAlreadyExistsException e) {
      requireOurs(path, e);
      return path;
    }
  }

  /** Names among the temporary files may be taken by anybody. */
  private static void requireOurs(Path path, FileAlreadyExistsException cause) throws IOException {
    boolean isOurs =
        Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
            && Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).equals(OWNER_ALONE);
    if (!isOurs) {
      throw cause;
    }
  }
}
