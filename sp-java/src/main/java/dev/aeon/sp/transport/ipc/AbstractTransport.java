package dev.aeon.sp.transport.ipc;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.UnixAddress;
import dev.aeon.bindings.posix.UnixSocket;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.TransportListener;
import dev.aeon.sp.transport.stream.StreamListener;

/**
 * {@code abstract://name}: a name of Linux's abstract namespace, which needs no file and goes with
 * its listener. Percent-encoding stands for any byte, zero too.
 */
public final class AbstractTransport extends UnixBasedTransport {
  private static final int BACKLOG = 1024;

  public AbstractTransport() {
    super("abstract", false);
  }

  @Override
  UnixAddress parse(String name) {
    byte[] bytes = PercentEncoding.decode(name);
    if (bytes.length == 0) {
      throw TransportException.malformed("abstract name is empty", 0);
    }
    if (bytes.length > UnixAddress.MAX_BYTES) {
      throw TransportException.malformed(
          "abstract name is longer than %d bytes: name=%s".formatted(UnixAddress.MAX_BYTES, name),
          name.length());
    }
    return UnixAddress.ofAbstract(bytes);
  }

  @Override
  public TransportListener listen(String address, PipeHost host) {
    try {
      Descriptor socket = UnixSocket.listen(parse(address), BACKLOG);
      return new NamedListener(address, new StreamListener(host, this, address, socket));
    } catch (NativeCallException e) {
      throw unbindable(address, e);
    }
  }
}
