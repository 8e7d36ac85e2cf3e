package dev.aeon.sp.transport.ipc;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.UnixAddress;
import dev.aeon.bindings.posix.UnixSocket;
import dev.aeon.sp.transport.PeerProperties;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.TransportListener;
import dev.aeon.sp.transport.TransportSettings;
import dev.aeon.sp.transport.stream.StreamFamily;
import dev.aeon.sp.transport.stream.StreamListener;
import dev.aeon.sp.transport.stream.StreamPipe;
import dev.aeon.sp.wire.Framing;

/** {@code ipc://path}: a socket file, made by the listener and removed when it closes. */
public final class IpcTransport implements Transport, StreamFamily {
  @Override
  public String scheme() {
    return "ipc";
  }

  @Override
  public Framing framing() {
    return Framing.IPC;
  }

  @Override
  public void configure(Descriptor socket, TransportSettings settings) {}

  @Override
  public PeerProperties properties(Descriptor socket, String address) {
    String url = "ipc://" + address;
    return new PeerProperties(url, url, UnixSocket.peerCredentials(socket), null);
  }

  @Override
  public void check(String address, Direction direction) {
    try {
      var _ = UnixAddress.ofPath(address);
    } catch (IllegalArgumentException e) {
      throw new TransportException(
          TransportException.Kind.ADDRESS, "ipc path is malformed: path=" + address, e);
    }
  }

  @Override
  public TransportListener listen(String address, PipeHost host) {
    SocketFile file = SocketFile.bind(address);
    return new IpcListener(address, file, new StreamListener(host, this, address, file.socket()));
  }

  @Override
  public void connect(String address, PipeHost host) {
    Descriptor socket = begin(address);
    StreamPipe.announce(host, this, address).connecting(socket);
  }

  private static Descriptor begin(String path) {
    try {
      return UnixSocket.connect(UnixAddress.ofPath(path));
    } catch (NativeCallException e) {
      throw new TransportException(
          TransportException.Kind.REFUSED,
          "ipc path cannot be reached: errno=%s path=%s".formatted(e.errnoName(), path),
          e);
    }
  }

  /** A bound path. */
  private record IpcListener(String address, SocketFile file, StreamListener stream)
      implements TransportListener {
    @Override
    public void close() {
      file.remove();
      stream.close();
    }
  }
}
