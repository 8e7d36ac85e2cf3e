package dev.aeon.slabs.transport.inproc;

import dev.aeon.slabs.transport.Acceptor;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.ConnectionOptions;
import dev.aeon.slabs.transport.Transport;
import dev.aeon.slabs.transport.TransportException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** {@code inproc://name}: within this process, by any name that is not empty. */
public final class InprocTransport implements Transport {
  private static final Map<String, InprocAcceptor> BOUND = new ConcurrentHashMap<>();

  public InprocTransport() {}

  @Override
  public String scheme() {
    return "inproc";
  }

  @Override
  public Acceptor bind(String address, ConnectionOptions options) {
    if (address.isEmpty()) {
      throw new TransportException("address is empty: scheme=inproc");
    }
    InprocAcceptor acceptor = new InprocAcceptor(address);
    if (BOUND.putIfAbsent(address, acceptor) != null) {
      throw new TransportException("address is taken: address=inproc://" + address);
    }
    return acceptor;
  }

  @Override
  public Connection connect(String address, ConnectionOptions options) {
    InprocAcceptor acceptor = BOUND.get(address);
    if (acceptor == null) {
      throw new TransportException("nobody accepts there: address=inproc://" + address);
    }
    return acceptor.connect(options);
  }

  static void forget(InprocAcceptor acceptor) {
    BOUND.remove(acceptor.name(), acceptor);
  }
}
