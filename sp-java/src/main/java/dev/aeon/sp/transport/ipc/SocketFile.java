package dev.aeon.sp.transport.ipc;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.Errno;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.UnixAddress;
import dev.aeon.bindings.posix.UnixSocket;
import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.TransportSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket and its file.
 *
 * <p>A process that dies leaves its file behind. Such a file is taken over: it is first moved
 * aside, which only one of several contenders can do, then tried once more under its new name, and
 * removed only if nobody answers. One that turns out to be alive is put back. Files that are not
 * sockets are never touched.
 */
final class SocketFile {
  private static final int BACKLOG = 1024;
  private static final int ATTEMPTS = 3;

  private final Path path;
  private final Descriptor socket;
  private final @Nullable Object fileKey;
  private boolean removed;

  private SocketFile(Path path, Descriptor socket) {
    this.path = path;
    this.socket = socket;
    this.fileKey = fileKey(path);
  }

  Descriptor socket() {
    return socket;
  }

  /**
   * Binds {@code path} and listens.
   *
   * @param permissions bits of the file, or {@link TransportSettings#PERMISSIONS_BY_UMASK}
   */
  static SocketFile bind(String path, int permissions) {
    for (int left = ATTEMPTS; left > 0; left--) {
      Descriptor socket = tryListen(path, permissions);
      if (socket != null) {
        return new SocketFile(Path.of(path), socket);
      }
      clearIfStale(path);
    }
    throw inUse(path);
  }

  private static @Nullable Descriptor tryListen(String path, int permissions) {
    try {
      UnixAddress address = UnixAddress.ofPath(path);
      return permissions == TransportSettings.PERMISSIONS_BY_UMASK
          ? UnixSocket.listen(address, BACKLOG)
          : UnixSocket.listen(address, BACKLOG, permissions);
    } catch (NativeCallException e) {
      if (e.errno() == Errno.EADDRINUSE) {
        return null;
      }
      throw new TransportException(
          TransportException.Kind.SYSTEM,
          "ipc path cannot be bound: errno=%s path=%s".formatted(e.errnoName(), path),
          e);
    }
  }

  private static void clearIfStale(String path) {
    Path file = Path.of(path);
    if (!isSocket(file) || answers(path)) {
      throw inUse(path);
    }
    Path aside = file.resolveSibling(".aeon-" + Long.toHexString(System.nanoTime()));
    try {
      Files.move(file, aside);
      if (answers(aside.toString())) {
        Files.createLink(file, aside);
      }
      Files.delete(aside);
    } catch (IOException e) {
      throw new TransportException(
          TransportException.Kind.SYSTEM, "stale ipc file cannot be removed: path=" + path, e);
    }
  }

  private static boolean isSocket(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).isOther();
    } catch (IOException e) {
      return true;
    }
  }

  /** Whether a listener is behind the file, as far as can be told. */
  private static boolean answers(String path) {
    try (Descriptor probe = UnixSocket.connect(UnixAddress.ofPath(path))) {
      return !probe.isClosed();
    } catch (NativeCallException e) {
      return e.errno() != Errno.ECONNREFUSED && e.errno() != Errno.ENOENT;
    }
  }

  private static TransportException inUse(String path) {
    return new TransportException(
        TransportException.Kind.IN_USE, "ipc path is in use: path=" + path);
  }

  private static @Nullable Object fileKey(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  /** Removes the file, unless another has taken its place. Idempotent. */
  void remove() {
    if (removed) {
      return;
    }
    removed = true;
    try {
      if (fileKey != null && Objects.equals(fileKey, fileKey(path))) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // The file is in nobody's way: the next listener takes a stale file over.
      return;
    }
  }
}
