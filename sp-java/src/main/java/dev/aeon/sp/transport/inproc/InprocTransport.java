package dev.aeon.sp.transport.inproc;

import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.TransportListener;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** {@code inproc://name}: any name, one listener at a time. */
public final class InprocTransport implements Transport {
  private final ConcurrentMap<String, InprocListener> listeners = new ConcurrentHashMap<>();

  @Override
  public String scheme() {
    return "inproc";
  }

  @Override
  public void check(String address, Direction direction) {
    if (address.isEmpty()) {
      throw TransportException.malformed("inproc name is empty", 0);
    }
  }

  @Override
  public TransportListener listen(String address, PipeHost host) {
    InprocListener listener = new InprocListener(address, host, listeners);
    if (listeners.putIfAbsent(address, listener) != null) {
      throw new TransportException(
          TransportException.Kind.IN_USE, "inproc name has a listener: name=" + address);
    }
    return listener;
  }

  @Override
  public void connect(String address, PipeHost host) {
    InprocListener listener = listeners.get(address);
    if (listener == null) {
      throw new TransportException(
          TransportException.Kind.REFUSED, "inproc name has no listener: name=" + address);
    }
    InprocPipe pipe = new InprocPipe(host, address);
    pipe.begin();
    host.strand().afterUnlock(() -> listener.accept(pipe));
  }
}
