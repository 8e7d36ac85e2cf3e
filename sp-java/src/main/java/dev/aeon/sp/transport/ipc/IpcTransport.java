package dev.aeon.sp.transport.ipc;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.posix.UnixAddress;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.TransportListener;
import dev.aeon.sp.transport.TransportSettings;
import dev.aeon.sp.transport.stream.AdoptedSocket;
import dev.aeon.sp.transport.stream.StreamListener;
import java.nio.charset.StandardCharsets;

/**
 * {@code ipc://path}: a socket file, made by the listener and removed when it closes. {@code
 * shm://path} is the same with peers that share memory alone.
 */
public final class IpcTransport extends UnixBasedTransport {
  private IpcTransport(String scheme, boolean sharesAlways) {
    super(scheme, sharesAlways);
  }

  /** With any peer. */
  public static IpcTransport ipc() {
    return new IpcTransport("ipc", false);
  }

  /** With peers of this implementation, through shared memory. */
  public static IpcTransport shm() {
    return new IpcTransport("shm", true);
  }

  @Override
  UnixAddress parse(String path) {
    if (path.isEmpty()) {
      throw TransportException.malformed("ipc path is empty", 0);
    }
    int zero = path.indexOf('\0');
    if (zero >= 0) {
      throw TransportException.malformed("ipc path holds a zero byte: path=" + path, zero);
    }
    int byteSize = 0;
    for (int index = 0; index < path.length(); index = path.offsetByCodePoints(index, 1)) {
      byteSize +=
          Character.toString(path.codePointAt(index)).getBytes(StandardCharsets.UTF_8).length;
      if (byteSize > UnixAddress.MAX_BYTES) {
        throw TransportException.malformed(
            "ipc path is longer than %d bytes: path=%s".formatted(UnixAddress.MAX_BYTES, path),
            index);
      }
    }
    return UnixAddress.ofPath(path);
  }

  @Override
  public TransportListener listen(String address, PipeHost host) {
    TransportSettings settings = host.settings();
    if (settings.listenDescriptor() != TransportSettings.NO_DESCRIPTOR) {
      Descriptor adopted = AdoptedSocket.listening(settings.listenDescriptor(), true);
      return new NamedListener(address, new StreamListener(host, this, address, adopted));
    }
    SocketFile file = SocketFile.bind(address, settings.ipcPermissions());
    return new FileListener(address, file, new StreamListener(host, this, address, file.socket()));
  }

  /** A bound path. */
  private record FileListener(String address, SocketFile file, StreamListener stream)
      implements TransportListener {
    @Override
    public void close() {
      file.remove();
      stream.close();
    }
  }
}
