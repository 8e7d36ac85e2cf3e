package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.Sockets;
import dev.aeon.sp.transport.TransportException;
import org.jspecify.annotations.Nullable;

/**
 * Descriptors that another program made, such as a service manager. They become their pipe's or
 * listener's own, which closes them.
 */
public final class AdoptedSocket {
  private AdoptedSocket() {}

  /**
   * A listening socket of the family asked for.
   *
   * @throws TransportException if the descriptor is something else
   */
  public static Descriptor listening(int fd, boolean isUnix) {
    Sockets.Adopted adopted = adopt(fd);
    if (!adopted.isListening() || adopted.isUnix() != isUnix) {
      throw unusable("descriptor is not a listening socket of the scheme's family", fd, null);
    }
    return Descriptor.own(fd);
  }

  /**
   * A connected stream socket.
   *
   * @throws TransportException if the descriptor is something else
   */
  public static Descriptor connected(int fd) {
    if (adopt(fd).isListening()) {
      throw unusable("descriptor is a listening socket", fd, null);
    }
    return Descriptor.own(fd);
  }

  private static Sockets.Adopted adopt(int fd) {
    try {
      return Sockets.adopt(fd);
    } catch (NativeCallException e) {
      throw unusable("descriptor is no stream socket: errno=" + e.errnoName(), fd, e);
    }
  }

  private static TransportException unusable(String violation, int fd, @Nullable Throwable cause) {
    return new TransportException(
        TransportException.Kind.SYSTEM, violation + ": descriptor=" + fd, cause);
  }
}
