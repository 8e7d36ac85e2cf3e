package dev.aeon.slabs.transport.shared;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.UnixAddress;
import dev.aeon.bindings.posix.UnixSocket;
import dev.aeon.slabs.transport.Acceptor;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.ConnectionOptions;
import dev.aeon.slabs.transport.Transport;
import dev.aeon.slabs.transport.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code shm:///path/to.sock}: processes of one machine. The socket file is its user's alone, and
 * is removed when the acceptor closes; one that a killed process left behind is taken over.
 */
public final class SharedTransport implements Transport {
  private static final int BACKLOG = 128;
  private static final int OWNER_ONLY = 0600;

  public SharedTransport() {}

  @Override
  public String scheme() {
    return "shm";
  }

  @Override
  public Acceptor bind(String address, ConnectionOptions options) {
    Path path = Path.of(address);
    UnixAddress name = nameOf(address);
    try {
      return new SharedAcceptor(listen(name, path), path);
    } catch (NativeCallException refused) {
      throw new TransportException("cannot bind: address=shm://" + address, refused);
    }
  }

  @Override
  public Connection connect(String address, ConnectionOptions options) {
    UnixAddress name = nameOf(address);
    Descriptor socket;
    try {
      socket = UnixSocket.connect(name);
    } catch (NativeCallException refused) {
      throw new TransportException("nobody accepts there: address=shm://" + address, refused);
    }
    return SharedConnection.offer(socket, options, "shm://" + address);
  }

  private static Descriptor listen(UnixAddress name, Path path) {
    try {
      return UnixSocket.listen(name, BACKLOG, OWNER_ONLY);
    } catch (NativeCallException taken) {
      if (!"EADDRINUSE".equals(taken.errnoName()) || isAlive(name)) {
        throw taken;
      }
      remove(path);
      return UnixSocket.listen(name, BACKLOG, OWNER_ONLY);
    }
  }

  private static boolean isAlive(UnixAddress name) {
    try {
      UnixSocket.connect(name).close();
      return true;
    } catch (NativeCallException refused) {
      return !"ECONNREFUSED".equals(refused.errnoName());
    }
  }

  static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException kept) {
      throw new TransportException("cannot remove the socket file: path=" + path, kept);
    }
  }

  private static UnixAddress nameOf(String address) {
    try {
      return UnixAddress.ofPath(address);
    } catch (IllegalArgumentException malformed) {
      throw new TransportException(
          "address is no socket path: address=shm://" + address, malformed);
    }
  }
}
